/**
 * Fetches a file that belongs to the page.
 *
 * @throws Error with the address if the host answers with an error status
 */
export async function fetchFile(url: URL | string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new Error(`${String(url)} could not be fetched: ${response.status} ${response.statusText}`);
}
