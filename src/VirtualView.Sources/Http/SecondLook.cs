namespace VirtualView.Sources.Http;

/// <summary>
/// When a file is looked at again after its bytes have come and before they are handed over. The headers were written
/// before the body: a file that is rewritten in place meanwhile shows it only afterwards.
/// </summary>
public enum SecondLook
{
    Never,

    /// <summary>For files modified a moment ago, which somebody may still be writing.</summary>
    Racy,

    /// <summary>For all files without a strong validator: one more request for each read.</summary>
    Weak,
}
