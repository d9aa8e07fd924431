namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>Proper XML that is no proper answer; caught by who asked.</summary>
internal sealed class MultiStatusException(string message) : Exception(message);
