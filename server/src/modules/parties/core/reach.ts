/** How far a counter reaches: a hall serves the parties of its own region, the hall of the city those of the whole city. Pure. */

type Posts = { readonly posts: readonly { readonly desk: string; readonly org: string; readonly regionPath: string }[] }

const counters = ({ posts }: Posts) => posts.filter((post) => post.desk === 'counter' && post.regionPath !== '')

/** `regionPath` of the party: region codes from the city down. */
export function counterServes(reader: Posts, regionPath: string): boolean {
  return counters(reader).some((post) => regionPath.startsWith(post.regionPath))
}

/** Region paths that the reader's counters serve, with everything below them. */
export function servedRegions(reader: Posts): string[] {
  return [...new Set(counters(reader).map((post) => post.regionPath))]
}
