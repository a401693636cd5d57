package org.stonechat.e2e.story;

/// What the demo world is made of, as far as the stories name it.
public final class DemoPlaces {

    /// The shop where everyone assigns.
    public static final String NORTHWIND = "0197a000-0000-7000-8000-000000000001";

    /// The moderated brand that works one-touch.
    public static final String LINDEN = "0197a000-0000-7000-8000-000000000002";

    public static final String REVIEW_DESK = "0197a000-0000-7000-8000-000000000012";
    public static final String BRAND_CARE = "0197a000-0000-7000-8000-000000000021";
    public static final String NORTHWIND_CHANNEL = "chl-northwind-0001";
    public static final String NORTHWIND_MAIL = "support@northwind.example";
    public static final String LINDEN_MAIL = "care@linden.example";

    private DemoPlaces() {}
}
