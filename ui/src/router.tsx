// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { Problem } from "./api/problem";
import { queries } from "./api/queries";
import { sessionQuery } from "./api/session";
import { ErrorState } from "./parts/ErrorState";
import { Loading } from "./parts/Loading";
import { parseSearch, stringifySearch, validateSearch } from "./search";
import { Shell } from "./shell/Shell";

type Screen = () => Promise<{ default: ComponentType }>;

const root = createRootRoute({ validateSearch });

const signin = createRoute({
	getParentRoute: () => root,
	path: "/signin",
	component: lazyRouteComponent(() => import("./screens/signin/SignIn")),
});

/** All that needs somebody signed in lies below the shell. */
const desk = createRoute({
	getParentRoute: () => root,
	id: "desk",
	component: Shell,
	async beforeLoad({ location }) {
		try {
			await queries.ensureQueryData(sessionQuery);
		} catch (error) {
			if (error instanceof Problem && error.status === 401) throw redirect({ to: "/signin", search: { back: location.href } });
			throw error;
		}
	},
});

const home = createRoute({
	getParentRoute: () => desk,
	path: "/",
	beforeLoad: () => {
		throw redirect({ to: "/stories" });
	},
});

// A screen is fetched when it is first opened, so the desk starts fast however
// many there are. A screen's file has one default export.
function screen<const Path extends string>(path: Path, load: Screen) {
	return createRoute({ getParentRoute: () => desk, path, component: lazyRouteComponent(load) });
}

const screens = [
	screen("/stories", () => import("./screens/stories/Stories")),
	screen("/articles/$id", () => import("./screens/editor/Editor")),
	screen("/calendar", () => import("./screens/calendar/Calendar")),
	screen("/fronts", () => import("./screens/fronts/Fronts")),
	screen("/media", () => import("./screens/media/Media")),
	screen("/people", () => import("./screens/people/People")),
	screen("/taxonomy", () => import("./screens/taxonomy/Taxonomy")),
	screen("/pages", () => import("./screens/pages/Pages")),
	screen("/corrections", () => import("./screens/corrections/Corrections")),
	screen("/settings", () => import("./screens/settings/Settings")),
	screen("/staff", () => import("./screens/staff/Staff")),
	screen("/activity", () => import("./screens/activity/Activity")),
	screen("/account", () => import("./screens/account/Account")),
	// Within the shell, so that a wrong address does not lose the rail.
	screen("/$", () => import("./shell/NotFound")),
] as const;

export const router = createRouter({
	routeTree: root.addChildren([signin, desk.addChildren([home, ...screens])]),
	basepath: "/desk",
	parseSearch,
	stringifySearch,
	defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
	defaultPendingComponent: Loading,
	defaultPreload: "intent",
	scrollRestoration: true,
});

declare module "@tanstack/react-router" {
	interface Register {
		router: typeof router;
	}
}
