/** The only reader of the environment. A wrong value stops the start with its name and what would be right. */
import { isAbsolute, resolve } from 'node:path'
import { ok, type Refusal, type Result, refuse } from '@yichuang/result'
import { LOG_LEVELS, type LogLevel } from './platform/telemetry.ts'

export type Config = {
  readonly port: number
  readonly host: string
  /** Null: the embedded database. */
  readonly databaseUrl: string | null
  /** Absolute folder of everything the server keeps outside the database. */
  readonly data: string
  /** Absolute folder of the city pack. */
  readonly pack: string
  readonly demo: boolean
  readonly logLevel: LogLevel
  /** Under which people reach this server: printed into QR codes. */
  readonly publicUrl: string
  /** Absolute folder of the project. */
  readonly root: string
}

export type Environment = { readonly [name: string]: string | undefined }

const ROOT = resolve(import.meta.dirname, '..', '..')

export function readConfig(env: Environment, root: string = ROOT): Result<Config> {
  const port = whole(env, 'PORT', 8430, 0, 65535)
  if (!port.ok) return port
  const host = matching(
    env,
    'HOST',
    '127.0.0.1',
    /^[0-9A-Za-z.:_-]+$/,
    'an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0',
  )
  if (!host.ok) return host
  const databaseUrl = readDatabaseUrl(env)
  if (!databaseUrl.ok) return databaseUrl
  const demo = readSwitch(env, 'YICHUANG_DEMO', databaseUrl.value === null)
  if (!demo.ok) return demo
  const logLevel = readLogLevel(env)
  if (!logLevel.ok) return logLevel
  const publicUrl = matching(
    env,
    'YICHUANG_URL',
    `http://${host.value}:${port.value}`,
    /^https?:\/\/[^\s/]+$/,
    'scheme and host such as https://yc.example.gov.cn, without a path',
  )
  if (!publicUrl.ok) return publicUrl
  return ok({
    port: port.value,
    host: host.value,
    databaseUrl: databaseUrl.value,
    data: folder(env, 'YICHUANG_DATA', 'var', root),
    pack: folder(env, 'YICHUANG_PACK', 'packs/zhuzhou', root),
    demo: demo.value,
    logLevel: logLevel.value,
    publicUrl: publicUrl.value,
    root,
  })
}

/** An empty variable is an absent one: that is how most service managers write "not set". */
function given(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

function wrong<T>(name: string, value: string, right: string): Result<T, Refusal> {
  return refuse('config/value-wrong', `${name}=${value} is not usable: it must be ${right}`, { name, value })
}

function whole(env: Environment, name: string, standard: number, least: number, most: number): Result<number> {
  const value = given(env, name)
  if (value === undefined) return ok(standard)
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= least && number <= most) return ok(number)
  return wrong(name, value, `a whole number from ${least} to ${most}`)
}

function matching(env: Environment, name: string, standard: string, pattern: RegExp, right: string): Result<string> {
  const value = given(env, name) ?? standard
  return pattern.test(value) ? ok(value) : wrong(name, value, right)
}

function readDatabaseUrl(env: Environment): Result<string | null> {
  const value = given(env, 'DATABASE_URL')
  if (value === undefined) return ok(null)
  if (/^postgres(ql)?:\/\/\S+$/.test(value)) return ok(value)
  // The value may hold a password: it is not repeated.
  return refuse(
    'config/value-wrong',
    'DATABASE_URL is not usable: it must look like postgres://user:password@host:5432/database, or be empty for the embedded database',
    { name: 'DATABASE_URL' },
  )
}

function readSwitch(env: Environment, name: string, standard: boolean): Result<boolean> {
  const value = given(env, name)
  if (value === undefined) return ok(standard)
  return value === '1' || value === '0' ? ok(value === '1') : wrong(name, value, '1 or 0')
}

function readLogLevel(env: Environment): Result<LogLevel> {
  const value = given(env, 'LOG_LEVEL') ?? 'info'
  const level = LOG_LEVELS.find((one) => one === value)
  return level === undefined ? wrong('LOG_LEVEL', value, `one of ${LOG_LEVELS.join(', ')}`) : ok(level)
}

/** Relative paths are meant from the project, wherever the command was typed. */
function folder(env: Environment, name: string, standard: string, root: string): string {
  const value = given(env, name) ?? standard
  return isAbsolute(value) ? value : resolve(root, value)
}
