namespace VirtualView.Core.FileSystem;

/// <summary>What a rename does with what stands at its target.</summary>
public enum RenameMode
{
    Replace,

    /// <summary>Fails with <see cref="Outcomes.FileSystemError.Exists"/>.</summary>
    NoReplace,

    /// <summary>Both change places; both must be there.</summary>
    Exchange,
}
