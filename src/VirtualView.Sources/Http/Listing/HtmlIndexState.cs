namespace VirtualView.Sources.Http.Listing;

internal enum HtmlIndexState
{
    /// <summary>The page does not say that it lists a directory.</summary>
    NoIndex,

    /// <summary>It says so, and lacks its end.</summary>
    EndsEarly,

    Complete,
}
