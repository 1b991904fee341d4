/**
 * 电子证照标识, GB/T 36904—2018: `1.2.156.3005.2` . type (21 = credit code of the ministry + serial of 3) . issuer (credit code of 18; a
 * 6-digit region is met in practice) . serial (digits and upper-case letters) . version (3 digits) . check character.
 * MOD 37,36 over type, issuer, serial and version, without the object identifier and the dots.
 */
import { ok, type Result } from '@yichuang/result'
import { mod3736 } from './mod37-36.ts'
import { wrongCheck, wrongPart } from './refusals.ts'

export type CertificateId = string & { readonly __code: 'certificate-id' }

export type CertificateIdParts = {
  /** 证照类型代码, 21 characters. */
  readonly type: string
  /** 颁发机构代码: credit code, or 6-digit region. */
  readonly issuer: string
  /** 流水号, 1 to 64 digits and upper-case letters. */
  readonly serial: string
  /** `001` for the first; one more with every change of the certificate. */
  readonly version: string
}

export const CERTIFICATE_OID = '1.2.156.3005.2'
const WHAT = 'certificate identifier'

export function parseCertificateId(text: string): Result<CertificateId> {
  if (!text.startsWith(`${CERTIFICATE_OID}.`)) return wrongPart(WHAT, 'object identifier', CERTIFICATE_OID)
  const parts = text.slice(CERTIFICATE_OID.length + 1).split('.')
  const [type = '', issuer = '', serial = '', version = '', check] = parts
  if (parts.length !== 5 || check === undefined) return wrongPart(WHAT, 'form', 'type, issuer, serial, version and check, parted by dots')
  const made = makeCertificateId({ type, issuer, serial, version })
  if (!made.ok || made.value === text) return made
  return wrongCheck(WHAT, made.value.charAt(made.value.length - 1))
}

export function makeCertificateId(parts: CertificateIdParts): Result<CertificateId> {
  const { type, issuer, serial, version } = parts
  if (!/^[0-9A-Z]{21}$/.test(type)) return wrongPart(WHAT, 'type', '21 digits and upper-case letters')
  if (!/^([0-9A-Z]{18}|\d{6})$/.test(issuer)) return wrongPart(WHAT, 'issuer', 'a credit code of 18 characters or a region of 6 digits')
  if (!/^[0-9A-Z]{1,64}$/.test(serial)) return wrongPart(WHAT, 'serial', '1 to 64 digits and upper-case letters')
  if (!/^(?!000)\d{3}$/.test(version)) return wrongPart(WHAT, 'version', '001 to 999')
  const check = mod3736(type + issuer + serial + version)
  return ok([CERTIFICATE_OID, type, issuer, serial, version, check].join('.') as CertificateId)
}

export function certificateIdParts(id: CertificateId): CertificateIdParts {
  const [type = '', issuer = '', serial = '', version = ''] = id.slice(CERTIFICATE_OID.length + 1).split('.')
  return { type, issuer, serial, version }
}
