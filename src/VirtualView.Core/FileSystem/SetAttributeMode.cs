namespace VirtualView.Core.FileSystem;

/// <summary>Whether an extended attribute may be, or must be, there before it is set.</summary>
public enum SetAttributeMode
{
    Either,

    /// <summary>Fails with <see cref="Outcomes.FileSystemError.Exists"/> if it is.</summary>
    Create,

    /// <summary>Fails with <see cref="Outcomes.FileSystemError.NoAttribute"/> if it is not.</summary>
    Replace,
}
