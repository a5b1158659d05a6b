// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

/**
 * For the first field of a page that was opened to fill it in, or of a form that
 * a button has just opened: `ref={focusAtOnce}`. Nowhere else, because a focus
 * that moves by itself leaves people behind who do not see it.
 */
export const focusAtOnce = (field: HTMLElement | null) => field?.focus();
