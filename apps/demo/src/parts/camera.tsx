import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ErrorMessage } from "./error-message.js";
import type { Picture } from "./picture.js";
import { choosePicture } from "./subject.js";
import { subjectWords } from "./subject-words.js";

type Refusal = "cameraRefused" | "noCamera" | "noCameraHere";

/** A picture from the camera. The camera is on only between Start and Stop. */
export function Camera(): VNode {
  const words = subjectWords.value;
  const video = useRef<HTMLVideoElement>(null);
  const stream = useSignal<MediaStream | undefined>(undefined);
  const isStarting = useSignal(false);
  const refusal = useSignal<Refusal | undefined>(undefined);
  const isGone = useRef(false);

  const stop = (): void => {
    stream
      .peek()
      ?.getTracks()
      .forEach((track) => track.stop());
    stream.value = undefined;
  };
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      stop();
    };
  }, []);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream.value ?? null;
  }, [stream.value]);

  const start = async (): Promise<void> => {
    refusal.value = undefined;
    isStarting.value = true;
    try {
      stream.value = await openCamera();
      if (isGone.current) stop();
    } catch (error) {
      refusal.value = refusalOf(error);
    } finally {
      isStarting.value = false;
    }
  };
  const take = (): void => {
    const { current } = video;
    if (current === null || current.videoWidth === 0) return;
    choosePicture("camera", frameOf(current));
  };

  const isOn = stream.value !== undefined;
  return (
    <div class="camera">
      <div class="buttons">
        <button type="button" disabled={isStarting.value} onClick={() => (isOn ? stop() : void start())}>
          {isOn ? words.stopCamera : words.startCamera}
        </button>
        <button type="button" disabled={!isOn} onClick={take}>
          {words.takePicture}
        </button>
      </div>
      {refusal.value !== undefined && <ErrorMessage error={words[refusal.value]} />}
      <video ref={video} aria-label={words.camera} autoPlay muted playsInline hidden={!isOn} />
    </div>
  );
}

/** The current frame, pixel by pixel. */
function frameOf(video: HTMLVideoElement): Picture {
  const { videoWidth: width, videoHeight: height } = video;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("this browser has no 2D canvas");
  context.drawImage(video, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
}

class NoCameraHere extends Error {}

async function openCamera(): Promise<MediaStream> {
  // The types say it always exists, but a page over plain HTTP does not have it.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new NoCameraHere();
  return devices.getUserMedia({ video: { width: { ideal: 640 }, height: { ideal: 480 } } });
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof NoCameraHere) return "noCameraHere";
  return error instanceof DOMException && error.name === "NotAllowedError" ? "cameraRefused" : "noCamera";
}
