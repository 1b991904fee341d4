/** Who somebody is, as far as the server may use it to decide what they see and do. Loaded by the module that knows people. */
import type { Text } from '@yichuang/contract'

export type Post = {
  readonly desk: string
  readonly org: string
  /** Organisation ids from the top of the line down, ending with '/'. */
  readonly orgPath: string
  /** Region codes from the city down, ending with '/'. Prefix match = in or below. */
  readonly regionPath: string
  readonly roles: readonly string[]
}

export type Principal = {
  readonly person: string
  readonly name: Text
  readonly posts: readonly Post[]
  /** Parties this person may act for, and as what; the kind is for screens. */
  readonly parties: readonly { readonly id: string; readonly name: string; readonly as: string; readonly kind?: string }[]
  readonly demo: boolean
}
