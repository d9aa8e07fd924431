namespace VirtualView.Sources.Http.Writing;

/// <summary>The <c>If</c> header of RFC 4918: for each address, what must be so.</summary>
internal static class DavCondition
{
    /// <summary>
    /// The file still has the tag. In both forms: Apache gives the same tag as weak while the file is young, and as strong
    /// a second later.
    /// </summary>
    public static string HasTag(Uri place, string tag)
    {
        var strong = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return $"<{place.AbsoluteUri}> ([{strong}]) ([W/{strong}])";
    }

    /// <param name="token">With its angle brackets.</param>
    public static string HasLock(Uri place, string token) => $"<{place.AbsoluteUri}> ({token})";
}
