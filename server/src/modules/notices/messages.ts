/** A short message to a phone that is still to be sent. The number is looked up when it is sent and is kept nowhere on the way. */
export const SMS_WANTED = 'notices.sms-wanted'

export type SmsWanted = { readonly notice: string; readonly person: string; readonly text: string }

/** What a sender of short messages must do. The same id may come again after a crash. */
export type Sms = { send(message: { readonly id: string; readonly mobile: string; readonly text: string }): Promise<void> }
