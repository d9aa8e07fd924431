using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Wire;

/// <summary>Compares our structs with what the kernel's header on this machine says, through a small C program.</summary>
public sealed class LayoutTests
{
    private static readonly Type[] Structs = [.. typeof(KernelNameAttribute).Assembly.GetTypes()
        .Where(type => type.IsValueType && type.GetCustomAttribute<KernelNameAttribute>() is not null)];

    /// <summary>Since Linux 6.9: the headers of Debian 12 do not have them.</summary>
    private static readonly string[] NewerFields = ["fuse_init_out.max_stack_depth", "fuse_open_out.backing_id"];

    [Fact]
    public async Task Every_struct_and_field_lies_where_the_kernel_has_it()
    {
        var kernel = await PrintedLayout.ReadAsync();
        var compared = 0;
        foreach (var type in Structs)
        {
            var name = type.GetCustomAttribute<KernelNameAttribute>()!.Name;
            if (!kernel.TryGetValue($"struct {name}", out var size)) continue; // newer than this header
            Assert.Equal($"{name}: {size}", $"{name}: size {Size(type)}");
            foreach (var field in type.GetFields()) CompareField(kernel, name, field);
            compared += type.GetFields().Length;
        }

        Assert.True(compared > 100, $"only {compared} fields were compared");
    }

    [Fact]
    public async Task Every_opcode_and_flag_has_the_kernels_number()
    {
        var kernel = await PrintedLayout.ReadAsync();
        CompareEnum<FuseOpcode>(kernel, "opcode FUSE_", value => $"{value}", atLeast: 45);
        CompareEnum<InitFlags>(kernel, "flag FUSE_", value => $"0x{value:x}", atLeast: 13);
        CompareEnum<OpenReplyFlags>(kernel, "flag FOPEN_", value => $"0x{value:x}", atLeast: 2);
        CompareEnum<SetAttributesFlags>(kernel, "flag FATTR_", value => $"0x{value:x}", atLeast: 12);
        CompareEnum<WriteFlags>(kernel, "flag FUSE_WRITE_", value => $"0x{value:x}", atLeast: 3);
        CompareEnum<OpenRequestFlags>(kernel, "flag FUSE_OPEN_", value => $"0x{value:x}", atLeast: 1);
        CompareEnum<AllocateFlags>(kernel, "flag FALLOC_FL_", value => $"0x{value:x}", atLeast: 3);
        CompareEnum<NotifyCode>(kernel, "notify FUSE_NOTIFY_", value => $"{value}", atLeast: 1);
        Assert.Equal($"0x{FuseProtocol.CloneDevice:x}", kernel["ioctl FUSE_DEV_IOC_CLONE"]);
    }

    [Fact]
    public void Every_struct_has_the_size_it_declares()
    {
        Assert.NotEmpty(Structs);
        Assert.All(Structs, type => Assert.Equal(LayoutKind.Explicit, type.StructLayoutAttribute!.Value));
        Assert.All(Structs, type => Assert.Equal(type.StructLayoutAttribute!.Size, Size(type)));
    }

    private static void CompareField(Dictionary<string, string> kernel, string structName, FieldInfo field)
    {
        var name = $"{structName}.{field.GetCustomAttribute<KernelNameAttribute>()!.Name}";
        var ours = $"offset {field.GetCustomAttribute<FieldOffsetAttribute>()!.Value} size {Size(field.FieldType)}";
        if (NewerFields.Contains(name) && !kernel.ContainsKey($"field {name}")) return;
        Assert.Equal($"{name} {kernel[$"field {name}"]}", $"{name} {ours}");
    }

    private static void CompareEnum<T>(Dictionary<string, string> kernel, string prefix, Func<ulong, string> show, int atLeast)
        where T : struct, Enum
    {
        var byName = kernel.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(
            pair => pair.Key[prefix.Length..].Replace("_", "", StringComparison.Ordinal), pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        var compared = 0;
        foreach (var value in Enum.GetValues<T>())
        {
            if (!byName.TryGetValue($"{value}", out var printed)) continue; // newer than this header, or "None"
            Assert.Equal($"{value} {printed}", $"{value} {show(Convert.ToUInt64(value, CultureInfo.InvariantCulture))}");
            compared++;
        }

        Assert.True(compared >= atLeast, $"only {compared} of {typeof(T).Name} were compared");
    }

    private static int Size(Type type) => Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type);
}
