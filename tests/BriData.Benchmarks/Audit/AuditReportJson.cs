using System.Text.Json;
using System.Text.Json.Serialization;

namespace BriData.Benchmarks.Audit;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(AuditReport))]
internal sealed partial class AuditReportJson : JsonSerializerContext;
