// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { AnyExtension } from "@tiptap/core";
import { Paste } from "../paste/Paste";
import { Find } from "./find";
import { SmartQuotes } from "./quotes";
import { RecordMarks } from "./recordMarks";
import { SlashKey } from "./slash";
import { TKMarks } from "./tk";

/** What helps while typing and shows what is there. */
export const typingExtensions: AnyExtension[] = [SmartQuotes, TKMarks, RecordMarks, Find, SlashKey, Paste];
