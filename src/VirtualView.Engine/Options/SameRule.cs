namespace VirtualView.Engine.Options;

/// <summary>When two sources' copies of a path count as one version.</summary>
public enum SameRule
{
    /// <summary>Only proof counts.</summary>
    Checksum,

    /// <summary>Equal size, and modification times within 2 s.</summary>
    SizeAndTime,
}
