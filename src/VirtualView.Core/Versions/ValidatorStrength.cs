namespace VirtualView.Core.Versions;

/// <summary>How far a validator proves that two reads saw the same bytes. In ascending order.</summary>
public enum ValidatorStrength
{
    /// <summary>Weak, and younger than its clock's step: the content can still change without the validator changing.</summary>
    Racy,

    /// <summary>Size and modification time, or an ETag made of them: fooled by a rewrite that restores both.</summary>
    Weak,

    /// <summary>A checksum, an object version, or a strong ETag.</summary>
    Strong,
}
