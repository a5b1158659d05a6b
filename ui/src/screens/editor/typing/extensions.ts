// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { AnyExtension } from "@tiptap/core";

/** What helps while typing and shows what is there. */
export const typingExtensions: AnyExtension[] = [];
