import type { Words } from "./en.js";

export const zh: Words = {
  title: "isoconv",
  motto: "同一个卷积网络，任何后端，相同的结果。",
  views: {
    photo: "照片",
    compare: "对比",
    inside: "查看内部",
    conformance: "一致性",
    bench: "测速",
    zoo: "网络库",
    build: "自建网络",
  },
  skip: "跳到正文",
  language: "语言",
  loading: "加载中……",
  run: "运行",
  stop: "停止",
  stopped: "已停止",
  backend: "后端",
  network: "网络",
  threads: (count) => `${count} 个线程`,
  notIsolated:
    "本页面未启用跨源隔离，因此 WebAssembly 只能使用一个线程。要使用多线程，请在响应头中设置 Cross-Origin-Opener-Policy: same-origin 和 Cross-Origin-Embedder-Policy: require-corp。",
  unavailable: "不可用",
};
