using System.Text.Json.Serialization;

namespace BriData.Storage.Sqlite.Audit;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditBody))]
internal sealed partial class AuditJson : JsonSerializerContext;
