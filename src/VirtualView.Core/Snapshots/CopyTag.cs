namespace VirtualView.Core.Snapshots;

/// <summary>The tags that need not be kept, because they follow from what is kept.</summary>
public enum CopyTag
{
    None,

    /// <summary><c>"time-size"</c> in hexadecimal, as nginx makes it.</summary>
    TimeAndSize,
}
