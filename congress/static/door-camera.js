// Reads codes from the camera of a device: several times a second, each code once every few seconds.
"use strict";

class DoorCamera {
  static PAUSE = 120; // milliseconds between two looks
  static SAME = 4000; // milliseconds for which one code is read once
  static WIDTH = 640; // pixels: enough for a code in a hand, and quick on an old phone

  constructor(video, onCode) {
    this.video = video;
    this.onCode = onCode;
    this.canvas = document.createElement("canvas");
    this.last = { code: "", at: 0 };
  }

  get isOn() {
    return Boolean(this.video.srcObject);
  }

  async start() {
    const wanted = { facingMode: "environment", width: { ideal: 1280 } };
    this.video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    await this.video.play();
    this.timer = setInterval(() => this.look(), DoorCamera.PAUSE);
  }

  stop() {
    clearInterval(this.timer);
    for (const track of this.video.srcObject?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }

  look() {
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth || document.visibilityState !== "visible") return;
    const share = Math.min(1, DoorCamera.WIDTH / videoWidth);
    const [width, height] = [Math.round(videoWidth * share), Math.round(videoHeight * share)];
    Object.assign(this.canvas, { width, height });
    const drawing = this.canvas.getContext("2d", { willReadFrequently: true });
    drawing.drawImage(this.video, 0, 0, width, height);
    const seen = jsQR(drawing.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: "dontInvert" });
    if (!seen?.data) return;
    const now = performance.now();
    const isSame = seen.data === this.last.code && now - this.last.at < DoorCamera.SAME;
    this.last = { code: seen.data, at: now };
    if (!isSame) this.onCode(seen.data);
  }
}
