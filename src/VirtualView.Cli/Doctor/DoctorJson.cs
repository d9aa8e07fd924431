using System.Text.Json;
using System.Text.Json.Serialization;

namespace VirtualView.Cli.Doctor;

/// <summary>The JSON form of <c>doctor</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
internal sealed partial class DoctorJson : JsonSerializerContext;
