namespace VirtualView.Cli.Doctor;

/// <summary>How bad it is.</summary>
internal enum FindingLevel
{
    Ok,

    /// <summary>It works, but not as well as it could, or not for everyone.</summary>
    Warn,

    /// <summary>It does not work.</summary>
    Fail,
}
