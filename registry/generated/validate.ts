// @ts-nocheck
// Generated from schemas/ by scripts/generate.ts.
import type { BrickDetails, BrickReleases } from './registry-index';
import type { Integrity } from './integrity';

export interface Validator<T> {
  (data: unknown): data is T;
  /** What was wrong with the data of the last call. */
  errors?: { instancePath: string; message?: string }[] | null;
}


const integrity = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"integrity.schema.json","title":"Integrity","description":"What a published version holds, and where it came from: `integrity.json` in its folder, written once.","type":"object","properties":{"format":{"const":1},"name":{"type":"string","pattern":"^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*$"},"version":{"type":"string","pattern":"^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$"},"kind":{"enum":["module","dataset","model"]},"manifest":{"type":"string","pattern":"^(module|dataset|model)\\.brique\\.yaml$","description":"The file that says what it is."},"published":{"type":"string","format":"date-time"},"files":{"type":"object","description":"Every file of the folder but this one, by its path with `/`.","additionalProperties":{"type":"object","title":"FileRecord","properties":{"sha256":{"$ref":"#/definitions/sha256"},"size":{"type":"integer","minimum":0,"description":"Bytes."}},"required":["sha256","size"],"additionalProperties":false}},"interface":{"description":"sha256 of the canonical interface.","allOf":[{"$ref":"#/definitions/sha256"}]},"weights":{"description":"sha256 of the weights that the manifest names.","allOf":[{"$ref":"#/definitions/sha256"}]},"trained":{"type":"object","title":"TrainedFrom","description":"What the weights were trained from.","properties":{"run":{"type":"string","pattern":"."},"model":{"type":"string","description":"The composition that was trained, as `name@version`."},"part":{"type":"string","description":"Which part of it these weights are."},"data":{"type":"array","items":{"$ref":"#/definitions/source"}},"measured":{"type":"object","title":"Measured","description":"How the composition did with these weights, at the end of the run.","properties":{"split":{"type":"string","minLength":1},"values":{"type":"array","items":{"type":"object","title":"MeasuredValue","properties":{"metric":{"type":"string","pattern":".","description":"`task.metric`."},"value":{"type":"number"},"rows":{"type":"integer","minimum":0}},"required":["metric","value","rows"],"additionalProperties":false}}},"required":["split","values"],"additionalProperties":false},"parents":{"type":"array","description":"Published versions whose weights it started from, or was trained on top of.","items":{"$ref":"#/definitions/source"}}},"required":["run","data","parents"],"additionalProperties":false},"hash":{"description":"sha256 of all of this but `published` and `hash`, as JSON with sorted keys and no spaces.","allOf":[{"$ref":"#/definitions/sha256"}]}},"required":["format","name","version","kind","manifest","published","files","interface","hash"],"additionalProperties":false,"definitions":{"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"source":{"type":"object","title":"Source","properties":{"name":{"type":"string","pattern":"."},"version":{"type":"string"},"hash":{"type":"string","description":"Of a published version its `hash`; of data, of the content of its files."},"tuned":{"const":true,"description":"Of a published version: its weights went on learning in the run, so they are not those that were trained on."}},"required":["name","version","hash"],"additionalProperties":false}}};
const schema12 = {"type":"string","pattern":"^[0-9a-f]{64}$"};
const schema15 = {"type":"object","title":"Source","properties":{"name":{"type":"string","pattern":"."},"version":{"type":"string"},"hash":{"type":"string","description":"Of a published version its `hash`; of data, of the content of its files."},"tuned":{"const":true,"description":"Of a published version: its weights went on learning in the run, so they are not those that were trained on."}},"required":["name","version","hash"],"additionalProperties":false};
const func2 = Object.prototype.hasOwnProperty;
const func3 = require("ajv/dist/runtime/ucs2length").default;
const pattern0 = new RegExp("^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*$", "u");
const pattern1 = new RegExp("^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$", "u");
const pattern2 = new RegExp("^(module|dataset|model)\\.brique\\.yaml$", "u");
const pattern3 = new RegExp("^[0-9a-f]{64}$", "u");
const pattern6 = new RegExp(".", "u");
const formats0 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="integrity.schema.json" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((data.format === undefined) && (missing0 = "format")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.version === undefined) && (missing0 = "version"))) || ((data.kind === undefined) && (missing0 = "kind"))) || ((data.manifest === undefined) && (missing0 = "manifest"))) || ((data.published === undefined) && (missing0 = "published"))) || ((data.files === undefined) && (missing0 = "files"))) || ((data.interface === undefined) && (missing0 = "interface"))) || ((data.hash === undefined) && (missing0 = "hash"))){
validate10.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
validate10.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.format !== undefined){
const _errs2 = errors;
if(1 !== data.format){
validate10.errors = [{instancePath:instancePath+"/format",schemaPath:"#/properties/format/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data1 = data.name;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(!pattern0.test(data1)){
validate10.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*$"},message:"must match pattern \""+"^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
let data2 = data.version;
const _errs5 = errors;
if(errors === _errs5){
if(typeof data2 === "string"){
if(!pattern1.test(data2)){
validate10.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$"},message:"must match pattern \""+"^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data3 = data.kind;
const _errs7 = errors;
if(!(((data3 === "module") || (data3 === "dataset")) || (data3 === "model"))){
validate10.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema11.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.manifest !== undefined){
let data4 = data.manifest;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data4 === "string"){
if(!pattern2.test(data4)){
validate10.errors = [{instancePath:instancePath+"/manifest",schemaPath:"#/properties/manifest/pattern",keyword:"pattern",params:{pattern: "^(module|dataset|model)\\.brique\\.yaml$"},message:"must match pattern \""+"^(module|dataset|model)\\.brique\\.yaml$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/manifest",schemaPath:"#/properties/manifest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.published !== undefined){
let data5 = data.published;
const _errs10 = errors;
if(errors === _errs10){
if(errors === _errs10){
if(typeof data5 === "string"){
if(!(formats0.test(data5))){
validate10.errors = [{instancePath:instancePath+"/published",schemaPath:"#/properties/published/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/published",schemaPath:"#/properties/published/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.files !== undefined){
let data6 = data.files;
const _errs12 = errors;
if(errors === _errs12){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
let data7 = data6[key1];
const _errs15 = errors;
if(errors === _errs15){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing1;
if(((data7.sha256 === undefined) && (missing1 = "sha256")) || ((data7.size === undefined) && (missing1 = "size"))){
validate10.errors = [{instancePath:instancePath+"/files/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/files/additionalProperties/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs17 = errors;
for(const key2 in data7){
if(!((key2 === "sha256") || (key2 === "size"))){
validate10.errors = [{instancePath:instancePath+"/files/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/files/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs17 === errors){
if(data7.sha256 !== undefined){
let data8 = data7.sha256;
const _errs18 = errors;
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(!pattern3.test(data8)){
validate10.errors = [{instancePath:instancePath+"/files/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/sha256",schemaPath:"#/definitions/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/files/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/sha256",schemaPath:"#/definitions/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data7.size !== undefined){
let data9 = data7.size;
const _errs21 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate10.errors = [{instancePath:instancePath+"/files/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/size",schemaPath:"#/properties/files/additionalProperties/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs21){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate10.errors = [{instancePath:instancePath+"/files/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/size",schemaPath:"#/properties/files/additionalProperties/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/files/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/files/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs15 === errors;
if(!valid1){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.interface !== undefined){
let data10 = data.interface;
const _errs23 = errors;
const _errs25 = errors;
if(errors === _errs25){
if(typeof data10 === "string"){
if(!pattern3.test(data10)){
validate10.errors = [{instancePath:instancePath+"/interface",schemaPath:"#/definitions/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/interface",schemaPath:"#/definitions/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.weights !== undefined){
let data11 = data.weights;
const _errs27 = errors;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data11 === "string"){
if(!pattern3.test(data11)){
validate10.errors = [{instancePath:instancePath+"/weights",schemaPath:"#/definitions/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/weights",schemaPath:"#/definitions/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.trained !== undefined){
let data12 = data.trained;
const _errs31 = errors;
if(errors === _errs31){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing2;
if((((data12.run === undefined) && (missing2 = "run")) || ((data12.data === undefined) && (missing2 = "data"))) || ((data12.parents === undefined) && (missing2 = "parents"))){
validate10.errors = [{instancePath:instancePath+"/trained",schemaPath:"#/properties/trained/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs33 = errors;
for(const key3 in data12){
if(!((((((key3 === "run") || (key3 === "model")) || (key3 === "part")) || (key3 === "data")) || (key3 === "measured")) || (key3 === "parents"))){
validate10.errors = [{instancePath:instancePath+"/trained",schemaPath:"#/properties/trained/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs33 === errors){
if(data12.run !== undefined){
let data13 = data12.run;
const _errs34 = errors;
if(errors === _errs34){
if(typeof data13 === "string"){
if(!pattern6.test(data13)){
validate10.errors = [{instancePath:instancePath+"/trained/run",schemaPath:"#/properties/trained/properties/run/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/run",schemaPath:"#/properties/trained/properties/run/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid8 = _errs34 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data12.model !== undefined){
const _errs36 = errors;
if(typeof data12.model !== "string"){
validate10.errors = [{instancePath:instancePath+"/trained/model",schemaPath:"#/properties/trained/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid8 = _errs36 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data12.part !== undefined){
const _errs38 = errors;
if(typeof data12.part !== "string"){
validate10.errors = [{instancePath:instancePath+"/trained/part",schemaPath:"#/properties/trained/properties/part/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid8 = _errs38 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data12.data !== undefined){
let data16 = data12.data;
const _errs40 = errors;
if(errors === _errs40){
if(Array.isArray(data16)){
var valid9 = true;
const len0 = data16.length;
for(let i0=0; i0<len0; i0++){
let data17 = data16[i0];
const _errs42 = errors;
const _errs43 = errors;
if(errors === _errs43){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing3;
if((((data17.name === undefined) && (missing3 = "name")) || ((data17.version === undefined) && (missing3 = "version"))) || ((data17.hash === undefined) && (missing3 = "hash"))){
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0,schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs45 = errors;
for(const key4 in data17){
if(!((((key4 === "name") || (key4 === "version")) || (key4 === "hash")) || (key4 === "tuned"))){
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0,schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs45 === errors){
if(data17.name !== undefined){
let data18 = data17.name;
const _errs46 = errors;
if(errors === _errs46){
if(typeof data18 === "string"){
if(!pattern6.test(data18)){
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0+"/name",schemaPath:"#/definitions/source/properties/name/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0+"/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid11 = _errs46 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data17.version !== undefined){
const _errs48 = errors;
if(typeof data17.version !== "string"){
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0+"/version",schemaPath:"#/definitions/source/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid11 = _errs48 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data17.hash !== undefined){
const _errs50 = errors;
if(typeof data17.hash !== "string"){
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0+"/hash",schemaPath:"#/definitions/source/properties/hash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid11 = _errs50 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data17.tuned !== undefined){
const _errs52 = errors;
if(true !== data17.tuned){
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0+"/tuned",schemaPath:"#/definitions/source/properties/tuned/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"}];
return false;
}
var valid11 = _errs52 === errors;
}
else {
var valid11 = true;
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/data/" + i0,schemaPath:"#/definitions/source/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid9 = _errs42 === errors;
if(!valid9){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/data",schemaPath:"#/properties/trained/properties/data/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid8 = _errs40 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data12.measured !== undefined){
let data22 = data12.measured;
const _errs53 = errors;
if(errors === _errs53){
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
let missing4;
if(((data22.split === undefined) && (missing4 = "split")) || ((data22.values === undefined) && (missing4 = "values"))){
validate10.errors = [{instancePath:instancePath+"/trained/measured",schemaPath:"#/properties/trained/properties/measured/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs55 = errors;
for(const key5 in data22){
if(!((key5 === "split") || (key5 === "values"))){
validate10.errors = [{instancePath:instancePath+"/trained/measured",schemaPath:"#/properties/trained/properties/measured/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs55 === errors){
if(data22.split !== undefined){
let data23 = data22.split;
const _errs56 = errors;
if(errors === _errs56){
if(typeof data23 === "string"){
if(func3(data23) < 1){
validate10.errors = [{instancePath:instancePath+"/trained/measured/split",schemaPath:"#/properties/trained/properties/measured/properties/split/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/measured/split",schemaPath:"#/properties/trained/properties/measured/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid12 = _errs56 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data22.values !== undefined){
let data24 = data22.values;
const _errs58 = errors;
if(errors === _errs58){
if(Array.isArray(data24)){
var valid13 = true;
const len1 = data24.length;
for(let i1=0; i1<len1; i1++){
let data25 = data24[i1];
const _errs60 = errors;
if(errors === _errs60){
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
let missing5;
if((((data25.metric === undefined) && (missing5 = "metric")) || ((data25.value === undefined) && (missing5 = "value"))) || ((data25.rows === undefined) && (missing5 = "rows"))){
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1,schemaPath:"#/properties/trained/properties/measured/properties/values/items/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs62 = errors;
for(const key6 in data25){
if(!(((key6 === "metric") || (key6 === "value")) || (key6 === "rows"))){
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1,schemaPath:"#/properties/trained/properties/measured/properties/values/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs62 === errors){
if(data25.metric !== undefined){
let data26 = data25.metric;
const _errs63 = errors;
if(errors === _errs63){
if(typeof data26 === "string"){
if(!pattern6.test(data26)){
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1+"/metric",schemaPath:"#/properties/trained/properties/measured/properties/values/items/properties/metric/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1+"/metric",schemaPath:"#/properties/trained/properties/measured/properties/values/items/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid14 = _errs63 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data25.value !== undefined){
let data27 = data25.value;
const _errs65 = errors;
if(!((typeof data27 == "number") && (isFinite(data27)))){
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1+"/value",schemaPath:"#/properties/trained/properties/measured/properties/values/items/properties/value/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid14 = _errs65 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data25.rows !== undefined){
let data28 = data25.rows;
const _errs67 = errors;
if(!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))){
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1+"/rows",schemaPath:"#/properties/trained/properties/measured/properties/values/items/properties/rows/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs67){
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 < 0 || isNaN(data28)){
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1+"/rows",schemaPath:"#/properties/trained/properties/measured/properties/values/items/properties/rows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid14 = _errs67 === errors;
}
else {
var valid14 = true;
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/measured/values/" + i1,schemaPath:"#/properties/trained/properties/measured/properties/values/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid13 = _errs60 === errors;
if(!valid13){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/measured/values",schemaPath:"#/properties/trained/properties/measured/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid12 = _errs58 === errors;
}
else {
var valid12 = true;
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/measured",schemaPath:"#/properties/trained/properties/measured/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid8 = _errs53 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data12.parents !== undefined){
let data29 = data12.parents;
const _errs69 = errors;
if(errors === _errs69){
if(Array.isArray(data29)){
var valid15 = true;
const len2 = data29.length;
for(let i2=0; i2<len2; i2++){
let data30 = data29[i2];
const _errs71 = errors;
const _errs72 = errors;
if(errors === _errs72){
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
let missing6;
if((((data30.name === undefined) && (missing6 = "name")) || ((data30.version === undefined) && (missing6 = "version"))) || ((data30.hash === undefined) && (missing6 = "hash"))){
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2,schemaPath:"#/definitions/source/required",keyword:"required",params:{missingProperty: missing6},message:"must have required property '"+missing6+"'"}];
return false;
}
else {
const _errs74 = errors;
for(const key7 in data30){
if(!((((key7 === "name") || (key7 === "version")) || (key7 === "hash")) || (key7 === "tuned"))){
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2,schemaPath:"#/definitions/source/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs74 === errors){
if(data30.name !== undefined){
let data31 = data30.name;
const _errs75 = errors;
if(errors === _errs75){
if(typeof data31 === "string"){
if(!pattern6.test(data31)){
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2+"/name",schemaPath:"#/definitions/source/properties/name/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2+"/name",schemaPath:"#/definitions/source/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid17 = _errs75 === errors;
}
else {
var valid17 = true;
}
if(valid17){
if(data30.version !== undefined){
const _errs77 = errors;
if(typeof data30.version !== "string"){
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2+"/version",schemaPath:"#/definitions/source/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid17 = _errs77 === errors;
}
else {
var valid17 = true;
}
if(valid17){
if(data30.hash !== undefined){
const _errs79 = errors;
if(typeof data30.hash !== "string"){
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2+"/hash",schemaPath:"#/definitions/source/properties/hash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid17 = _errs79 === errors;
}
else {
var valid17 = true;
}
if(valid17){
if(data30.tuned !== undefined){
const _errs81 = errors;
if(true !== data30.tuned){
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2+"/tuned",schemaPath:"#/definitions/source/properties/tuned/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"}];
return false;
}
var valid17 = _errs81 === errors;
}
else {
var valid17 = true;
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/parents/" + i2,schemaPath:"#/definitions/source/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid15 = _errs71 === errors;
if(!valid15){
break;
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained/parents",schemaPath:"#/properties/trained/properties/parents/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid8 = _errs69 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath:instancePath+"/trained",schemaPath:"#/properties/trained/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.hash !== undefined){
let data35 = data.hash;
const _errs82 = errors;
const _errs84 = errors;
if(errors === _errs84){
if(typeof data35 === "string"){
if(!pattern3.test(data35)){
validate10.errors = [{instancePath:instancePath+"/hash",schemaPath:"#/definitions/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate10.errors = [{instancePath:instancePath+"/hash",schemaPath:"#/definitions/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs82 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate10.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate10.errors = vErrors;
return errors === 0;
}

const brickReleases = validate16;
const schema19 = {"title":"BrickReleases","type":"object","properties":{"format":{"const":1},"name":{"type":"string"},"releases":{"type":"array","items":{"$ref":"#/definitions/release"}},"broken":{"description":"Versions whose folder cannot be read, and why.","type":"array","items":{"$ref":"#/definitions/broken"}}},"required":["format","name","releases","broken"],"additionalProperties":false};
const schema24 = {"title":"BrokenRelease","type":"object","properties":{"version":{"type":"string"},"why":{"type":"string"}},"required":["version","why"],"additionalProperties":false};
const schema20 = {"title":"IndexedRelease","type":"object","properties":{"version":{"type":"string"},"kind":{"enum":["module","dataset","model"]},"requires":{"description":"Bricks and datasets that it is made of, with their ranges.","type":"array","items":{"title":"IndexedRequirement","type":"object","properties":{"name":{"type":"string"},"range":{"type":"string"}},"required":["name","range"],"additionalProperties":false}},"hash":{"description":"Of the whole version, as its integrity.json says.","allOf":[{"$ref":"#/definitions/sha256"}]},"interface":{"$ref":"#/definitions/sha256"},"weights":{"$ref":"#/definitions/sha256"},"published":{"type":"string"},"deprecated":{"description":"What its own manifest says.","type":"string"}},"required":["version","kind","requires","hash","interface","published"],"additionalProperties":false};
const schema21 = {"type":"string","description":"sha256, hex."};

function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.version === undefined) && (missing0 = "version")) || ((data.kind === undefined) && (missing0 = "kind"))) || ((data.requires === undefined) && (missing0 = "requires"))) || ((data.hash === undefined) && (missing0 = "hash"))) || ((data.interface === undefined) && (missing0 = "interface"))) || ((data.published === undefined) && (missing0 = "published"))){
validate13.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "version") || (key0 === "kind")) || (key0 === "requires")) || (key0 === "hash")) || (key0 === "interface")) || (key0 === "weights")) || (key0 === "published")) || (key0 === "deprecated"))){
validate13.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.version !== undefined){
const _errs2 = errors;
if(typeof data.version !== "string"){
validate13.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data1 = data.kind;
const _errs4 = errors;
if(!(((data1 === "module") || (data1 === "dataset")) || (data1 === "model"))){
validate13.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema20.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.requires !== undefined){
let data2 = data.requires;
const _errs5 = errors;
if(errors === _errs5){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs7 = errors;
if(errors === _errs7){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if(((data3.name === undefined) && (missing1 = "name")) || ((data3.range === undefined) && (missing1 = "range"))){
validate13.errors = [{instancePath:instancePath+"/requires/" + i0,schemaPath:"#/properties/requires/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs9 = errors;
for(const key1 in data3){
if(!((key1 === "name") || (key1 === "range"))){
validate13.errors = [{instancePath:instancePath+"/requires/" + i0,schemaPath:"#/properties/requires/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs9 === errors){
if(data3.name !== undefined){
const _errs10 = errors;
if(typeof data3.name !== "string"){
validate13.errors = [{instancePath:instancePath+"/requires/" + i0+"/name",schemaPath:"#/properties/requires/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.range !== undefined){
const _errs12 = errors;
if(typeof data3.range !== "string"){
validate13.errors = [{instancePath:instancePath+"/requires/" + i0+"/range",schemaPath:"#/properties/requires/items/properties/range/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate13.errors = [{instancePath:instancePath+"/requires/" + i0,schemaPath:"#/properties/requires/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
validate13.errors = [{instancePath:instancePath+"/requires",schemaPath:"#/properties/requires/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.hash !== undefined){
const _errs14 = errors;
if(typeof data.hash !== "string"){
validate13.errors = [{instancePath:instancePath+"/hash",schemaPath:"#/definitions/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.interface !== undefined){
const _errs18 = errors;
if(typeof data.interface !== "string"){
validate13.errors = [{instancePath:instancePath+"/interface",schemaPath:"#/definitions/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.weights !== undefined){
const _errs21 = errors;
if(typeof data.weights !== "string"){
validate13.errors = [{instancePath:instancePath+"/weights",schemaPath:"#/definitions/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.published !== undefined){
const _errs24 = errors;
if(typeof data.published !== "string"){
validate13.errors = [{instancePath:instancePath+"/published",schemaPath:"#/properties/published/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.deprecated !== undefined){
const _errs26 = errors;
if(typeof data.deprecated !== "string"){
validate13.errors = [{instancePath:instancePath+"/deprecated",schemaPath:"#/properties/deprecated/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate13.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate13.errors = vErrors;
return errors === 0;
}


function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.format === undefined) && (missing0 = "format")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.releases === undefined) && (missing0 = "releases"))) || ((data.broken === undefined) && (missing0 = "broken"))){
validate16.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "format") || (key0 === "name")) || (key0 === "releases")) || (key0 === "broken"))){
validate16.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.format !== undefined){
const _errs2 = errors;
if(1 !== data.format){
validate16.errors = [{instancePath:instancePath+"/format",schemaPath:"#/properties/format/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs3 = errors;
if(typeof data.name !== "string"){
validate16.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.releases !== undefined){
let data2 = data.releases;
const _errs5 = errors;
if(errors === _errs5){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs7 = errors;
if(!(validate13(data2[i0], {instancePath:instancePath+"/releases/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
validate16.errors = [{instancePath:instancePath+"/releases",schemaPath:"#/properties/releases/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.broken !== undefined){
let data4 = data.broken;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data4)){
var valid2 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
const _errs10 = errors;
const _errs11 = errors;
if(errors === _errs11){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if(((data5.version === undefined) && (missing1 = "version")) || ((data5.why === undefined) && (missing1 = "why"))){
validate16.errors = [{instancePath:instancePath+"/broken/" + i1,schemaPath:"#/definitions/broken/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs13 = errors;
for(const key1 in data5){
if(!((key1 === "version") || (key1 === "why"))){
validate16.errors = [{instancePath:instancePath+"/broken/" + i1,schemaPath:"#/definitions/broken/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs13 === errors){
if(data5.version !== undefined){
const _errs14 = errors;
if(typeof data5.version !== "string"){
validate16.errors = [{instancePath:instancePath+"/broken/" + i1+"/version",schemaPath:"#/definitions/broken/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs14 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data5.why !== undefined){
const _errs16 = errors;
if(typeof data5.why !== "string"){
validate16.errors = [{instancePath:instancePath+"/broken/" + i1+"/why",schemaPath:"#/definitions/broken/properties/why/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate16.errors = [{instancePath:instancePath+"/broken/" + i1,schemaPath:"#/definitions/broken/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs10 === errors;
if(!valid2){
break;
}
}
}
else {
validate16.errors = [{instancePath:instancePath+"/broken",schemaPath:"#/properties/broken/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate16.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate16.errors = vErrors;
return errors === 0;
}

const brickDetails = validate18;
const schema25 = {"title":"BrickDetails","type":"object","properties":{"interfaces":{"description":"By hash; versions with equal interfaces share one.","type":"object","additionalProperties":{"type":"object"}},"integrity":{"description":"By version: its integrity.json.","type":"object","additionalProperties":{"type":"object"}}},"required":["interfaces","integrity"],"additionalProperties":false};

function validate18(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.interfaces === undefined) && (missing0 = "interfaces")) || ((data.integrity === undefined) && (missing0 = "integrity"))){
validate18.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "interfaces") || (key0 === "integrity"))){
validate18.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.interfaces !== undefined){
let data0 = data.interfaces;
const _errs2 = errors;
if(errors === _errs2){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
let data1 = data0[key1];
const _errs5 = errors;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
validate18.errors = [{instancePath:instancePath+"/interfaces/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/interfaces/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
else {
validate18.errors = [{instancePath:instancePath+"/interfaces",schemaPath:"#/properties/interfaces/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.integrity !== undefined){
let data2 = data.integrity;
const _errs7 = errors;
if(errors === _errs7){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key2 in data2){
let data3 = data2[key2];
const _errs10 = errors;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
validate18.errors = [{instancePath:instancePath+"/integrity/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/integrity/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
var valid2 = _errs10 === errors;
if(!valid2){
break;
}
}
}
else {
validate18.errors = [{instancePath:instancePath+"/integrity",schemaPath:"#/properties/integrity/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate18.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate18.errors = vErrors;
return errors === 0;
}

export const validateIntegrity: Validator<Integrity> = integrity;
export const validateBrickReleases: Validator<BrickReleases> = brickReleases;
export const validateBrickDetails: Validator<BrickDetails> = brickDetails;
