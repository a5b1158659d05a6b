// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queries } from "./api/queries";
import { Look } from "./look/Look";
import { router } from "./router";

const desk = document.getElementById("desk");
if (!desk) throw new Error("index.html has no #desk");

createRoot(desk).render(
	<StrictMode>
		<Look>
			<QueryClientProvider client={queries}>
				<Notifications position="bottom-left" />
				<ModalsProvider>
					<RouterProvider router={router} />
				</ModalsProvider>
			</QueryClientProvider>
		</Look>
	</StrictMode>,
);
