/**
 * Fetches a file of the page's own.
 *
 * @throws Error with the address where there is none: a host's error page is not a file
 */
export async function fetchFile(url: URL | string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new Error(`${String(url)} could not be fetched: ${response.status} ${response.statusText}`);
}
