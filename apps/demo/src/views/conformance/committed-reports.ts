/** The reports in the repository by name. Each is a file beside the page, fetched when it is first needed. */
export const committedReports: readonly { readonly name: string; readonly url: string }[] = Object.entries(
  import.meta.glob<string>("../../../../../reports/data/*.json", {
    query: "?url",
    import: "default",
    eager: true,
  }),
).map(([path, url]) => ({
  name: path.slice(path.lastIndexOf("/") + 1, -".json".length),
  url: new URL(url, document.baseURI).href,
}));
