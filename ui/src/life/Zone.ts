// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useSession } from "../api/session";

/** The magazine's time zone. */
export const useZone = () => useSession().magazine.timeZone;
