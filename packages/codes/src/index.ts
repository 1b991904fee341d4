/** Codes of Chinese public administration: a parser, a maker and the rule of each. Tables of right and wrong ones lie beside them. */
export { type CaseNo, type CaseNoParts, caseNoParts, makeCaseNo, parseCaseNo } from './case-no.ts'
export {
  CERTIFICATE_OID,
  type CertificateId,
  type CertificateIdParts,
  certificateIdParts,
  makeCertificateId,
  parseCertificateId,
} from './certificate-id.ts'
export {
  CREDIT_CODE_ALPHABET,
  type CreditCode,
  type CreditCodeParts,
  creditCodeParts,
  makeCreditCode,
  parseCreditCode,
} from './credit-code.ts'
export {
  DIVISION_LEVELS,
  type Division,
  type DivisionLevel,
  type DivisionParts,
  divisionPath,
  makeDivision,
  parseDivision,
} from './division.ts'
export { type IdCard, type IdCardParts, idCardParts, makeIdCard, parseIdCard } from './id-card.ts'
export { maskIdCard, maskMobile, maskName } from './mask.ts'
export {
  MATTER_LEVELS,
  type MatterCode,
  type MatterCodeParts,
  type MatterLevel,
  makeMatterCode,
  matterCodeParts,
  parseMatterCode,
} from './matter-code.ts'
export { type Mobile, makeMobile, parseMobile } from './mobile.ts'
export { mod3736 } from './mod37-36.ts'
export { makeOrgCode, type OrgCode, parseOrgCode } from './org-code.ts'
export { tidyCode } from './tidy.ts'
