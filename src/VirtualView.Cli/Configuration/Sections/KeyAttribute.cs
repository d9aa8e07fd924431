namespace VirtualView.Cli.Configuration.Sections;

/// <summary>What <c>docs/configuration.md</c> says of a key beyond its name, its type and its default.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeyAttribute : Attribute
{
    /// <summary>Said in place of the default where that is computed.</summary>
    public string? Default { get; init; }

    /// <summary>The least legal value, in the notation of the key's type.</summary>
    public string? Min { get; init; }

    /// <summary>The greatest legal value, in the notation of the key's type.</summary>
    public string? Max { get; init; }

    /// <summary>What else must hold, in words; checked by one of the checks.</summary>
    public string? Rule { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Accepted and checked, but nothing acts on it yet.</summary>
    public bool TakesEffectLater { get; init; }
}
