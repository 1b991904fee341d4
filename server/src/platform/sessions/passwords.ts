/** Passwords: argon2id with OWASP's parameters (19 MiB, 2 passes); a wrong account costs as much time as a wrong password. */
import { hash, verify } from '@node-rs/argon2'
import { ok, type Result, refuse } from '@yichuang/result'

const SHORTEST = 10
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export async function hashPassword(password: string): Promise<Result<string>> {
  const length = [...password].length
  if (length < SHORTEST || length > 200) {
    return refuse('sessions/password-weak', `a password must have ${SHORTEST} to 200 characters; a sentence is good`, { length })
  }
  return ok(await hash(password, PARAMETERS))
}

let nobody: Promise<string> | undefined

/** False also when there is no such account, after the same work. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hash('no account has this password', PARAMETERS)
  const fits = await verify(stored ?? (await nobody), password)
  return stored !== null && fits
}
