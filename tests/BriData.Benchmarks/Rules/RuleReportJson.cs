using System.Text.Json;
using System.Text.Json.Serialization;

namespace BriData.Benchmarks.Rules;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(RuleReport))]
[JsonSerializable(typeof(CedarAnswers))]
[JsonSerializable(typeof(CedarTimes))]
internal sealed partial class RuleReportJson : JsonSerializerContext;
