/** Makes the browser save a file. */
export function saveFile(
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  type = "application/octet-stream",
): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  // The browser has read the URL only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
