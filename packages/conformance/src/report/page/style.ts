/** The page's style, light and dark. Colours of a status always accompany a word. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#60646c;--line:#d9d9e0;--good:#18794e;--bad:#c62a2f;--warn:#8a5a00;--back:#fcfcfd;--panel:#f4f4f6;--link:#0b62c4;--mix:#fcfcfd}
@media(prefers-color-scheme:dark){:root{--ink:#edeef0;--soft:#b0b4ba;--line:#363a3f;--good:#3dd68c;--bad:#ff9592;--warn:#ffca16;--back:#111113;--panel:#1b1b1f;--link:#70b8ff;--mix:#111113}}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back);margin:0}
main{max-width:1080px;margin:0 auto;padding:24px}
a{color:var(--link)}:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px}
h1{font-size:24px}h2{font-size:19px;margin-top:36px}h3{font-size:16px;margin-top:24px}
nav ul,.legend,.cases{list-style:none;padding:0}nav ul{display:flex;flex-wrap:wrap;gap:4px 16px}
small{color:var(--soft)}code,pre{font:13px/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
pre,.command{background:var(--panel);padding:2px 6px;border-radius:4px;white-space:pre-wrap}
.verdict.conformant,.status.pass{color:var(--good)}
.verdict.nonconformant,.status.fail,.status.error{color:var(--bad)}
.verdict.partial,.verdict.drift,.status.xfail,.status.xpass,.status.skip,.status.unsupported,.status.not-run{color:var(--warn)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:13px;padding-bottom:4px}
th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
thead th{font-weight:600}
.legend{display:flex;flex-wrap:wrap;gap:6px;font-size:13px}.legend li{padding:2px 10px;border-radius:4px}
.heat a{color:var(--ink);text-decoration:none;display:block}.heat a:hover{text-decoration:underline}
.h0{background:color-mix(in oklab,#2b9a66 10%,var(--mix))}.h1{background:color-mix(in oklab,#2b9a66 28%,var(--mix))}
.h2{background:color-mix(in oklab,#9bb33a 30%,var(--mix))}.h3{background:color-mix(in oklab,#e0b000 30%,var(--mix))}
.h4{background:color-mix(in oklab,#e08000 32%,var(--mix))}.h5{background:color-mix(in oklab,#e05a00 40%,var(--mix))}
.beyond{background:color-mix(in oklab,#d02030 34%,var(--mix))}.none{border:1px dashed var(--line)}
td.none{border-width:0 0 1px}
details.op{border-bottom:1px solid var(--line);padding:4px 0}details.op:target{background:var(--panel)}
summary{cursor:pointer}.cases{margin:4px 0 8px 16px}.cases li{margin:2px 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:4px 0 10px 18px}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
figure{margin:16px 0}figcaption{font-weight:600;font-size:14px}
svg{width:100%;max-width:760px}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg .soft{fill:var(--soft)}
svg .bar{fill:var(--link);fill-opacity:.55}svg .interval{stroke:var(--ink);stroke-width:2}
`;
