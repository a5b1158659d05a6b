// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { value } from "./value";

/**
 * True from the first 401 on until somebody has signed in again. The shell then
 * asks for the password on top of the screen, which stays as it was: an expired
 * session must not cost anybody a word.
 */
export const signedOut = value(false);
