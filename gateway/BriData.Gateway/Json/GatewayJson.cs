using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Audit;
using BriData.Contracts.Countries;
using BriData.Contracts.Ledgers;
using BriData.Contracts.Rules;
using BriData.Contracts.Transfers;
using BriData.Gateway.Endpoints;
using BriData.Gateway.Http;

namespace BriData.Gateway.Json;

/// <summary>Source-generated JSON of the HTTP contract: camelCase, unknown members refused, required members required.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CountryView))]
[JsonSerializable(typeof(CountryPage))]
[JsonSerializable(typeof(IssuerList))]
[JsonSerializable(typeof(WitnessList))]
[JsonSerializable(typeof(RulePackView))]
[JsonSerializable(typeof(RulePackList))]
[JsonSerializable(typeof(SchemeView))]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(AgencyDocument))]
[JsonSerializable(typeof(AgencyResponse))]
[JsonSerializable(typeof(JsonText))]
[JsonSerializable(typeof(DataSetDocument))]
[JsonSerializable(typeof(DataSetResponse))]
[JsonSerializable(typeof(DataSetPageResponse))]
[JsonSerializable(typeof(TotalsView))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(VocabularyResponse))]
[JsonSerializable(typeof(ReplayLine))]
[JsonSerializable(typeof(RulePackAnalysis))]
[JsonSerializable(typeof(RulePackTestReport))]
[JsonSerializable(typeof(AgreementDocument))]
[JsonSerializable(typeof(AgreementResponse))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(SignatureRequest))]
[JsonSerializable(typeof(SignedReasonRequest))]
[JsonSerializable(typeof(SigningKeyView))]
[JsonSerializable(typeof(SigningKeyList))]
[JsonSerializable(typeof(RegisterSigningKeyRequest))]
[JsonSerializable(typeof(RevokeSigningKeyRequest))]
[JsonSerializable(typeof(EraseRequest))]
[JsonSerializable(typeof(ApproveRulePackRequest))]
[JsonSerializable(typeof(EvaluateRequest))]
[JsonSerializable(typeof(EvaluateResponse))]
[JsonSerializable(typeof(TransferCreateRequest))]
[JsonSerializable(typeof(TransferReply))]
[JsonSerializable(typeof(TransferPreview))]
[JsonSerializable(typeof(TransferView))]
[JsonSerializable(typeof(AuditPageView))]
[JsonSerializable(typeof(AuditTrailView))]
[JsonSerializable(typeof(AccessPage))]
[JsonSerializable(typeof(LedgerList))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    private static GatewayJson? _api;
    private static JsonSerializerOptions? _bodies;

    /// <summary>The context of the API. Text leaves as it is (UTF-8), not escaped for HTML: answers are never HTML.</summary>
    public static GatewayJson Api =>
        _api ??= new GatewayJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>How bodies are read: strictly, and without null in lists and maps.</summary>
    public static JsonSerializerOptions Bodies =>
        _bodies ??= new JsonSerializerOptions(Default.Options) { TypeInfoResolver = Default.WithAddedModifier(NoNulls.Modify) };
}
