using CsCheck;
using VirtualView.Core.Paths;

namespace VirtualView.Core.Tests.Generators;

/// <summary>Names that meet each other often, sort around the separators, and hold any legal byte.</summary>
public static class NameGen
{
    private static readonly PathName[] Likely =
    [
        PathName.Of("a"), PathName.Of("a-"), PathName.Of("a.b"), PathName.Of("a\u0001"), PathName.Of("a0"), PathName.Of("b"),
        PathName.Of("f1.h5"), PathName.Of("…"), PathName.Of("\\x41"), PathName.Create([0xFF]), PathName.Create([0xC3, 0x28]),
        PathName.Of(new string('n', PathName.MaxBytes)),
    ];

    public static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 300];

    public static readonly Gen<PathName> Any = Gen.Byte[1, 255].Array[1, 12].Where(bytes => PathName.IsLegal(bytes)).Select(bytes => PathName.Create(bytes));

    public static readonly Gen<PathName> Name = Gen.Frequency((4, Gen.Int[0, Likely.Length - 1].Select(at => Likely[at])), (1, Any));

    public static readonly Gen<VirtualPath> Path = Name.Array[0, 5].Select(names => VirtualPath.Of(names));

}
