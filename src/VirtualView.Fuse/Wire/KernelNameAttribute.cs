namespace VirtualView.Fuse.Wire;

/// <summary>What <c>&lt;linux/fuse.h&gt;</c> calls a struct or field: a test compares the layouts by it.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Field)]
internal sealed class KernelNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
