using System.Text.Json;
using System.Text.Json.Serialization;

namespace BriData.Silo.Operator;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AuditIndexStatus))]
internal sealed partial class OperatorJson : JsonSerializerContext;
