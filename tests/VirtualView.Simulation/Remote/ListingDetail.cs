namespace VirtualView.Simulation.Remote;

/// <summary>How much a source's listing tells.</summary>
public enum ListingDetail
{
    /// <summary>All that a stat would tell.</summary>
    Full,

    /// <summary>Size and time, but no tag: two answers about one file then differ in what they know.</summary>
    WithoutTags,

    /// <summary>Names only, as an HTML index.</summary>
    NamesOnly,
}
