// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { MantineProvider } from "@mantine/core";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import { setNonce } from "get-nonce";
import type { ReactNode } from "react";
import "./fonts.css";
import "./tokens.css";
import "./global.css";
import { cssVariables, theme } from "./theme";

// The desk's policy allows only styles that carry the nonce of their response.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

// Dialogs lock the page behind them with a style element of their own.
setNonce(nonce);

/** Dresses everything below in the desk's look. */
export function Look({ children }: { children: ReactNode }) {
	return (
		<MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
			{children}
		</MantineProvider>
	);
}
