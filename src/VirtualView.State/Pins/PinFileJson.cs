using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VirtualView.Core.State;

namespace VirtualView.State.Pins;

/// <summary>How <c>pins.json</c> is written: a list of rules, for people to read.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(ImmutableArray<PinRule>))]
internal sealed partial class PinFileJson : JsonSerializerContext;
