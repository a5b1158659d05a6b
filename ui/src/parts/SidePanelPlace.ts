// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { createContext, useContext } from "react";

/** Where the shell keeps room for the side panel; null until it is drawn. */
export const SidePanelPlace = createContext<HTMLElement | null>(null);
export const useSidePanelPlace = () => useContext(SidePanelPlace);
