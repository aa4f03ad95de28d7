using System.Text.Json.Serialization;

namespace BriData.Identity.Development;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DevelopmentClaims))]
[JsonSerializable(typeof(StoredDevelopmentKeys))]
internal sealed partial class DevelopmentJson : JsonSerializerContext;
