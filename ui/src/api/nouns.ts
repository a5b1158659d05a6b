// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { components } from "./schema";

// Short names for the shapes of the API. Screens import nouns from here, never
// from schema.d.ts, so that a renamed schema is one line's change.
type Schemas = components["schemas"];

export type Session = Schemas["SignedIn"];
export type SignInAnswer = Schemas["SignInAnswer"];
export type SecondStep = Schemas["Second"];
export type Doors = Schemas["Doors"];
export type Door = Schemas["Door"];
export type Account = Schemas["Account"];
export type Passkey = Schemas["PasskeyRow"];
export type SessionRow = Schemas["SessionRow"];
export type StaffRow = Schemas["StaffRow"];
export type Role = StaffRow["role"];
export type MailSettings = Schemas["MailView"];
export type ArticleRow = Schemas["ArticleRow"];
export type Article = Schemas["Article"];
export type CheckResult = Schemas["CheckResult"];
export type CheckRule = Schemas["CheckRule"];
export type CheckName = CheckRule["check"];
export type Publication = Schemas["Publication"];
export type Note = Schemas["NoteRow"];
export type Version = Schemas["VersionRow"];
export type Activity = Schemas["ActivityRow"];
export type SavedView = Schemas["ViewRow"];
export type Totals = Schemas["Totals"];
export type ActResult = Schemas["ActResult"];
export type Outlook = Schemas["Outlook"];
export type BulkAct = Schemas["BulkBody"]["act"];
export type ArticleStatus = ArticleRow["status"];
export type ArticleKind = ArticleRow["kind"];
export type Person = Schemas["PersonRow"];
export type WholePerson = Schemas["Person"];
export type NewPerson = Schemas["NewPerson"];
export type PersonChange = Schemas["PersonChange"];
export type PersonRole = WholePerson["roles"][number];
export type PersonLink = WholePerson["links"][number];
export type PersonAlike = Schemas["PersonAlike"];
export type Term = Schemas["TermRow"];
export type TermChange = Schemas["TermChange"];
export type Merger = Schemas["Merger"];
export type Section = Term;
export type FrontPlace = Schemas["FrontPlace"];
export type FrontView = Schemas["FrontView"];
export type FrontBlock = Schemas["FrontBlock"];
export type Counterpoint = Schemas["Counterpoint"];
export type FrontPin = Schemas["FrontPin"];
export type FrontStamp = Schemas["FrontStamp"];
export type FrontPreview = Schemas["FrontPreview"];
export type FilledBlock = Schemas["FilledBlock"];
export type FilledStory = Schemas["FilledStory"];
export type StoryRow = Schemas["StoryRow"];
export type AssetRow = Schemas["AssetRow"];
export type Asset = Schemas["Asset"];
export type AssetKind = AssetRow["kind"];
export type AssetChange = Schemas["AssetChange"];
export type AssetUse = Schemas["AssetUse"];
export type Uploaded = Schemas["Uploaded"];
export type Shape = Schemas["Shape"];

/** Anything that is referred to by id and shown by name. */
export interface Named {
	id: string;
	name: string;
}

/** One answer of a list; `next` is missing at the end. */
export interface Page<T> {
	items: T[] | null;
	next?: string;
}

export type Identity = Schemas["Identity"];
export type Menus = Schemas["Menus"];
export type MenuLink = Menus["navigation"][number];
export type Look = Schemas["Look"];
export type LookChange = Pick<Look, "revision" | "tokens">;
export type Contrast = Schemas["Contrast"];
export type Address = Schemas["AddressRow"];
export type AddressKind = Address["kind"];
export type RedirectImport = Schemas["RedirectImport"];
export type Token = Schemas["TokenRow"];
export type NewToken = Schemas["NewToken"];
export type TokenChange = { name: string; scopes: string[]; expiresAt?: string };
export type Webhook = Schemas["WebhookRow"];
export type WebhookChange = Pick<Webhook, "name" | "url" | "events" | "disabled">;
export type WebhookMessage = Schemas["WebhookMessage"];
export type Correction = Schemas["Correction"];
export type CorrectionKind = Correction["kind"];
export type CorrectionBody = Omit<Schemas["CorrectionBody"], "$schema">;
export type CorrectionResult = Schemas["CorrectionResult"];
export type HistoryRules = Omit<Schemas["HistoryRules"], "$schema">;
export type PublishedText = Schemas["PublishedText"];
export type PublishedBlock = Schemas["PublishedBlock"];
export type Passage = Schemas["Passage"];
export type NoteSpan = Schemas["NoteSpan"];
