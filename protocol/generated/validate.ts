// @ts-nocheck
// Generated from schemas/ by scripts/generate.ts.
import type { RunRecord } from './run';
import type { RunEvent } from './run-event';

export interface Validator<T> {
  (data: unknown): data is T;
  /** What was wrong with the data of the last call. */
  errors?: { instancePath: string; message?: string }[] | null;
}


const runEvent = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"run-event.schema.json","title":"RunEvent","description":"One line of a run's events.jsonl.","oneOf":[{"$ref":"#/definitions/runStarted"},{"$ref":"#/definitions/runResumed"},{"$ref":"#/definitions/phaseStarted"},{"$ref":"#/definitions/dataPrepared"},{"$ref":"#/definitions/stepCompiled"},{"$ref":"#/definitions/stepDone"},{"$ref":"#/definitions/epochDone"},{"$ref":"#/definitions/weightsSaved"},{"$ref":"#/definitions/message"},{"$ref":"#/definitions/evaluated"},{"$ref":"#/definitions/runEnded"}],"definitions":{"number":{"description":"A number; JSON has no NaN or infinities, so these are strings.","anyOf":[{"type":"number"},{"enum":["NaN","Infinity","-Infinity"]}]},"metrics":{"type":"object","additionalProperties":{"$ref":"#/definitions/number"},"description":"By name, such as `loss`, `sentiment.loss`, `sentiment.accuracy`."},"engine":{"type":"object","properties":{"name":{"type":"string","description":"`tensorflow` or another engine."},"executor":{"type":"string","description":"`graph` (native) or `eager`."},"backend":{"type":"string","description":"What computes: `tensorflow`, `wasm`, `cpu`."},"library":{"type":"string","description":"Library and version."},"device":{"type":"string","description":"`CPU`, `GPU 0: …`."},"threads":{"type":"integer","minimum":0}},"required":["name","executor","backend","library","device","threads"],"additionalProperties":false,"title":"Engine","description":"What really ran."},"taskReport":{"type":"object","properties":{"metrics":{"$ref":"#/definitions/metrics"},"examples":{"type":"integer","minimum":0},"confusion":{"type":"object","properties":{"labels":{"type":"array","items":{"type":"string"}},"counts":{"type":"array","items":{"type":"array","items":{"type":"integer","minimum":0}},"description":"counts[true][predicted]."}},"required":["labels","counts"],"additionalProperties":false},"slices":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":"object","properties":{"metrics":{"$ref":"#/definitions/metrics"},"examples":{"type":"integer","minimum":0}},"required":["metrics","examples"],"additionalProperties":false}},"description":"By column, then by its value."}},"required":["metrics","examples"],"additionalProperties":false,"title":"TaskReport"},"requirement":{"type":"object","properties":{"metric":{"type":"string"},"slice":{"type":"string","description":"The column for whose every value the requirement holds."},"group":{"type":"string","description":"The value of that column that was worst; `actual` is measured on its rows."},"comparison":{"enum":[">=","<=",">","<"]},"required":{"type":"number"},"actual":{"$ref":"#/definitions/number"},"met":{"type":"boolean"}},"required":["metric","comparison","required","actual","met"],"additionalProperties":false,"title":"RequirementResult"},"receiptLine":{"type":"object","properties":{"setting":{"type":"string","description":"Such as `train.clip_norm` or `parts.encoder.learning_rate`."},"value":{"type":"string"},"state":{"enum":["used","default","without effect"],"description":"`default`: nothing was written, and this was used."},"why":{"type":"string","description":"Of one without effect."}},"required":["setting","value","state"],"additionalProperties":false,"title":"ReceiptLine"},"report":{"type":"object","properties":{"split":{"type":"string"},"tasks":{"type":"object","additionalProperties":{"$ref":"#/definitions/taskReport"}},"requirements":{"type":"array","items":{"$ref":"#/definitions/requirement"}},"receipt":{"type":"array","items":{"$ref":"#/definitions/receiptLine"},"description":"Of training: what became of each setting."}},"required":["split","tasks","requirements"],"additionalProperties":false,"title":"Report","description":"The result of an evaluation; also the content of report.json."},"failure":{"type":"object","properties":{"code":{"type":"string","description":"Stable id of the kind of failure, such as `data-file-missing` or `loss-not-finite`."},"message":{"type":"string"},"help":{"type":"string"},"file":{"type":"string"},"line":{"type":"integer","minimum":1}},"required":["code","message"],"additionalProperties":false,"title":"Failure","description":"One clear message: what, where, why, and what helps."},"runStarted":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"run_started"},"run":{"type":"string"},"engine":{"$ref":"#/definitions/engine"},"epochs":{"type":"integer","minimum":0},"parts":{"type":"array","items":{"type":"string"}},"tasks":{"type":"array","items":{"type":"string"}}},"required":["seq","time","type","run","engine","epochs","parts","tasks"],"additionalProperties":false,"description":"First line of every run.","title":"RunStarted"},"runResumed":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"run_resumed"},"engine":{"$ref":"#/definitions/engine"},"epoch":{"type":"integer","minimum":0,"description":"Whole epochs that are kept; what was told of later ones does not count any more."},"step":{"type":"integer","minimum":0,"description":"Steps that are kept."}},"required":["seq","time","type","engine","epoch","step"],"additionalProperties":false,"description":"Another process goes on with the run, from a checkpoint or from its beginning.","title":"RunResumed"},"phaseStarted":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"phase_started"},"phase":{"enum":["prepare","compile","cache","train","evaluate","save"]},"text":{"type":"string"}},"required":["seq","time","type","phase"],"additionalProperties":false,"description":"A stretch of work begins; it lasts until the next phase or the end.","title":"PhaseStarted"},"dataPrepared":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"data_prepared"},"data":{"type":"string"},"split":{"type":"string"},"examples":{"type":"integer","minimum":0},"cached":{"type":"boolean"},"seconds":{"type":"number"}},"required":["seq","time","type","data","split","examples","cached","seconds"],"additionalProperties":false,"description":"A split is ready.","title":"DataPrepared"},"stepCompiled":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"step_compiled"},"parameters":{"type":"integer","minimum":0},"trainable":{"type":"integer","minimum":0},"primitives":{"type":"integer","minimum":0},"seconds":{"type":"number"},"memory":{"type":"object","properties":{"weights":{"type":"integer","minimum":0},"optimizer":{"type":"integer","minimum":0},"working":{"type":"integer","minimum":0,"description":"Inputs, values and gradients at the fullest moment of a step."},"total":{"type":"integer","minimum":0}},"required":["weights","optimizer","working","total"],"additionalProperties":false,"description":"Bytes of tensors that training will hold, estimated from the step."},"parts":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"module":{"type":"string"},"version":{"type":"string"},"parameters":{"type":"integer","minimum":0},"trainable":{"type":"integer","minimum":0}},"required":["name","module","version","parameters","trainable"],"additionalProperties":false}}},"required":["seq","time","type","parameters","trainable","primitives","seconds","parts"],"additionalProperties":false,"description":"The training step is built.","title":"StepCompiled"},"stepDone":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"step_done"},"epoch":{"type":"integer","minimum":0,"description":"From 1."},"step":{"type":"integer","minimum":0,"description":"From 1, over the whole run."},"steps":{"type":"integer","minimum":0,"description":"Expected in the whole run if it does not stop early."},"metrics":{"$ref":"#/definitions/metrics"},"examples_per_second":{"type":"number"},"seconds_left":{"type":"number"}},"required":["seq","time","type","epoch","step","steps","metrics"],"additionalProperties":false,"description":"Progress; at most about ten a second, not every step.","title":"StepDone"},"epochDone":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"epoch_done"},"epoch":{"type":"integer","minimum":0},"step":{"type":"integer","minimum":0},"seconds":{"type":"number"},"train":{"$ref":"#/definitions/metrics"},"validation":{"$ref":"#/definitions/metrics"},"best":{"type":"boolean","description":"The best epoch so far by the stop rule."},"seconds_left":{"type":"number"}},"required":["seq","time","type","epoch","step","seconds","train","best"],"additionalProperties":false,"description":"One pass over the training split, with validation.","title":"EpochDone"},"weightsSaved":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"weights_saved"},"part":{"type":"string"},"file":{"type":"string","description":"Relative to the run folder."},"sha256":{"type":"string"},"epoch":{"type":"integer","minimum":0}},"required":["seq","time","type","part","file","sha256"],"additionalProperties":false,"description":"Weights of a part were written.","title":"WeightsSaved"},"message":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"message"},"level":{"enum":["info","warning","error"]},"text":{"type":"string"},"code":{"type":"string"}},"required":["seq","time","type","level","text"],"additionalProperties":false,"description":"Something a person should know.","title":"Message"},"evaluated":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"evaluated"},"report":{"$ref":"#/definitions/report"}},"required":["seq","time","type","report"],"additionalProperties":false,"description":"An evaluation is done.","title":"Evaluated"},"runEnded":{"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"run_ended"},"status":{"enum":["completed","stopped_early","cancelled","failed"]},"seconds":{"type":"number"},"epochs":{"type":"integer","minimum":0},"best_epoch":{"type":"integer","minimum":0},"failure":{"$ref":"#/definitions/failure"}},"required":["seq","time","type","status","seconds"],"additionalProperties":false,"description":"Last line of a run that ended by itself; a run without it and without a live process was interrupted.","title":"RunEnded"}}};
const schema16 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"phase_started"},"phase":{"enum":["prepare","compile","cache","train","evaluate","save"]},"text":{"type":"string"}},"required":["seq","time","type","phase"],"additionalProperties":false,"description":"A stretch of work begins; it lasts until the next phase or the end.","title":"PhaseStarted"};
const schema17 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"data_prepared"},"data":{"type":"string"},"split":{"type":"string"},"examples":{"type":"integer","minimum":0},"cached":{"type":"boolean"},"seconds":{"type":"number"}},"required":["seq","time","type","data","split","examples","cached","seconds"],"additionalProperties":false,"description":"A split is ready.","title":"DataPrepared"};
const schema18 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"step_compiled"},"parameters":{"type":"integer","minimum":0},"trainable":{"type":"integer","minimum":0},"primitives":{"type":"integer","minimum":0},"seconds":{"type":"number"},"memory":{"type":"object","properties":{"weights":{"type":"integer","minimum":0},"optimizer":{"type":"integer","minimum":0},"working":{"type":"integer","minimum":0,"description":"Inputs, values and gradients at the fullest moment of a step."},"total":{"type":"integer","minimum":0}},"required":["weights","optimizer","working","total"],"additionalProperties":false,"description":"Bytes of tensors that training will hold, estimated from the step."},"parts":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"module":{"type":"string"},"version":{"type":"string"},"parameters":{"type":"integer","minimum":0},"trainable":{"type":"integer","minimum":0}},"required":["name","module","version","parameters","trainable"],"additionalProperties":false}}},"required":["seq","time","type","parameters","trainable","primitives","seconds","parts"],"additionalProperties":false,"description":"The training step is built.","title":"StepCompiled"};
const schema23 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"weights_saved"},"part":{"type":"string"},"file":{"type":"string","description":"Relative to the run folder."},"sha256":{"type":"string"},"epoch":{"type":"integer","minimum":0}},"required":["seq","time","type","part","file","sha256"],"additionalProperties":false,"description":"Weights of a part were written.","title":"WeightsSaved"};
const schema24 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"message"},"level":{"enum":["info","warning","error"]},"text":{"type":"string"},"code":{"type":"string"}},"required":["seq","time","type","level","text"],"additionalProperties":false,"description":"Something a person should know.","title":"Message"};
const schema12 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"run_started"},"run":{"type":"string"},"engine":{"$ref":"#/definitions/engine"},"epochs":{"type":"integer","minimum":0},"parts":{"type":"array","items":{"type":"string"}},"tasks":{"type":"array","items":{"type":"string"}}},"required":["seq","time","type","run","engine","epochs","parts","tasks"],"additionalProperties":false,"description":"First line of every run.","title":"RunStarted"};
const schema13 = {"type":"object","properties":{"name":{"type":"string","description":"`tensorflow` or another engine."},"executor":{"type":"string","description":"`graph` (native) or `eager`."},"backend":{"type":"string","description":"What computes: `tensorflow`, `wasm`, `cpu`."},"library":{"type":"string","description":"Library and version."},"device":{"type":"string","description":"`CPU`, `GPU 0: …`."},"threads":{"type":"integer","minimum":0}},"required":["name","executor","backend","library","device","threads"],"additionalProperties":false,"title":"Engine","description":"What really ran."};
const formats0 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((data.seq === undefined) && (missing0 = "seq")) || ((data.time === undefined) && (missing0 = "time"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.run === undefined) && (missing0 = "run"))) || ((data.engine === undefined) && (missing0 = "engine"))) || ((data.epochs === undefined) && (missing0 = "epochs"))) || ((data.parts === undefined) && (missing0 = "parts"))) || ((data.tasks === undefined) && (missing0 = "tasks"))){
validate11.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "seq") || (key0 === "time")) || (key0 === "type")) || (key0 === "run")) || (key0 === "engine")) || (key0 === "epochs")) || (key0 === "parts")) || (key0 === "tasks"))){
validate11.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.seq !== undefined){
let data0 = data.seq;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate11.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
validate11.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.time !== undefined){
let data1 = data.time;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
validate11.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate11.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs6 = errors;
if("run_started" !== data.type){
validate11.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "run_started"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.run !== undefined){
const _errs7 = errors;
if(typeof data.run !== "string"){
validate11.errors = [{instancePath:instancePath+"/run",schemaPath:"#/properties/run/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.engine !== undefined){
let data4 = data.engine;
const _errs9 = errors;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((((((data4.name === undefined) && (missing1 = "name")) || ((data4.executor === undefined) && (missing1 = "executor"))) || ((data4.backend === undefined) && (missing1 = "backend"))) || ((data4.library === undefined) && (missing1 = "library"))) || ((data4.device === undefined) && (missing1 = "device"))) || ((data4.threads === undefined) && (missing1 = "threads"))){
validate11.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/definitions/engine/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs12 = errors;
for(const key1 in data4){
if(!((((((key1 === "name") || (key1 === "executor")) || (key1 === "backend")) || (key1 === "library")) || (key1 === "device")) || (key1 === "threads"))){
validate11.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/definitions/engine/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs12 === errors){
if(data4.name !== undefined){
const _errs13 = errors;
if(typeof data4.name !== "string"){
validate11.errors = [{instancePath:instancePath+"/engine/name",schemaPath:"#/definitions/engine/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.executor !== undefined){
const _errs15 = errors;
if(typeof data4.executor !== "string"){
validate11.errors = [{instancePath:instancePath+"/engine/executor",schemaPath:"#/definitions/engine/properties/executor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.backend !== undefined){
const _errs17 = errors;
if(typeof data4.backend !== "string"){
validate11.errors = [{instancePath:instancePath+"/engine/backend",schemaPath:"#/definitions/engine/properties/backend/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.library !== undefined){
const _errs19 = errors;
if(typeof data4.library !== "string"){
validate11.errors = [{instancePath:instancePath+"/engine/library",schemaPath:"#/definitions/engine/properties/library/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.device !== undefined){
const _errs21 = errors;
if(typeof data4.device !== "string"){
validate11.errors = [{instancePath:instancePath+"/engine/device",schemaPath:"#/definitions/engine/properties/device/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.threads !== undefined){
let data10 = data4.threads;
const _errs23 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate11.errors = [{instancePath:instancePath+"/engine/threads",schemaPath:"#/definitions/engine/properties/threads/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs23){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
validate11.errors = [{instancePath:instancePath+"/engine/threads",schemaPath:"#/definitions/engine/properties/threads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
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
validate11.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/definitions/engine/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.epochs !== undefined){
let data11 = data.epochs;
const _errs25 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate11.errors = [{instancePath:instancePath+"/epochs",schemaPath:"#/properties/epochs/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs25){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
validate11.errors = [{instancePath:instancePath+"/epochs",schemaPath:"#/properties/epochs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.parts !== undefined){
let data12 = data.parts;
const _errs27 = errors;
if(errors === _errs27){
if(Array.isArray(data12)){
var valid3 = true;
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
const _errs29 = errors;
if(typeof data12[i0] !== "string"){
validate11.errors = [{instancePath:instancePath+"/parts/" + i0,schemaPath:"#/properties/parts/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs29 === errors;
if(!valid3){
break;
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/parts",schemaPath:"#/properties/parts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tasks !== undefined){
let data14 = data.tasks;
const _errs31 = errors;
if(errors === _errs31){
if(Array.isArray(data14)){
var valid4 = true;
const len1 = data14.length;
for(let i1=0; i1<len1; i1++){
const _errs33 = errors;
if(typeof data14[i1] !== "string"){
validate11.errors = [{instancePath:instancePath+"/tasks/" + i1,schemaPath:"#/properties/tasks/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs33 === errors;
if(!valid4){
break;
}
}
}
else {
validate11.errors = [{instancePath:instancePath+"/tasks",schemaPath:"#/properties/tasks/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs31 === errors;
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
validate11.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate11.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"run_resumed"},"engine":{"$ref":"#/definitions/engine"},"epoch":{"type":"integer","minimum":0,"description":"Whole epochs that are kept; what was told of later ones does not count any more."},"step":{"type":"integer","minimum":0,"description":"Steps that are kept."}},"required":["seq","time","type","engine","epoch","step"],"additionalProperties":false,"description":"Another process goes on with the run, from a checkpoint or from its beginning.","title":"RunResumed"};

function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.seq === undefined) && (missing0 = "seq")) || ((data.time === undefined) && (missing0 = "time"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.engine === undefined) && (missing0 = "engine"))) || ((data.epoch === undefined) && (missing0 = "epoch"))) || ((data.step === undefined) && (missing0 = "step"))){
validate13.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "seq") || (key0 === "time")) || (key0 === "type")) || (key0 === "engine")) || (key0 === "epoch")) || (key0 === "step"))){
validate13.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.seq !== undefined){
let data0 = data.seq;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate13.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
validate13.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.time !== undefined){
let data1 = data.time;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
validate13.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate13.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs6 = errors;
if("run_resumed" !== data.type){
validate13.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "run_resumed"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.engine !== undefined){
let data3 = data.engine;
const _errs7 = errors;
const _errs8 = errors;
if(errors === _errs8){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if(((((((data3.name === undefined) && (missing1 = "name")) || ((data3.executor === undefined) && (missing1 = "executor"))) || ((data3.backend === undefined) && (missing1 = "backend"))) || ((data3.library === undefined) && (missing1 = "library"))) || ((data3.device === undefined) && (missing1 = "device"))) || ((data3.threads === undefined) && (missing1 = "threads"))){
validate13.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/definitions/engine/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((((((key1 === "name") || (key1 === "executor")) || (key1 === "backend")) || (key1 === "library")) || (key1 === "device")) || (key1 === "threads"))){
validate13.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/definitions/engine/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs10 === errors){
if(data3.name !== undefined){
const _errs11 = errors;
if(typeof data3.name !== "string"){
validate13.errors = [{instancePath:instancePath+"/engine/name",schemaPath:"#/definitions/engine/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.executor !== undefined){
const _errs13 = errors;
if(typeof data3.executor !== "string"){
validate13.errors = [{instancePath:instancePath+"/engine/executor",schemaPath:"#/definitions/engine/properties/executor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.backend !== undefined){
const _errs15 = errors;
if(typeof data3.backend !== "string"){
validate13.errors = [{instancePath:instancePath+"/engine/backend",schemaPath:"#/definitions/engine/properties/backend/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.library !== undefined){
const _errs17 = errors;
if(typeof data3.library !== "string"){
validate13.errors = [{instancePath:instancePath+"/engine/library",schemaPath:"#/definitions/engine/properties/library/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.device !== undefined){
const _errs19 = errors;
if(typeof data3.device !== "string"){
validate13.errors = [{instancePath:instancePath+"/engine/device",schemaPath:"#/definitions/engine/properties/device/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.threads !== undefined){
let data9 = data3.threads;
const _errs21 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate13.errors = [{instancePath:instancePath+"/engine/threads",schemaPath:"#/definitions/engine/properties/threads/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs21){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate13.errors = [{instancePath:instancePath+"/engine/threads",schemaPath:"#/definitions/engine/properties/threads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
}
}
}
}
else {
validate13.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/definitions/engine/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.epoch !== undefined){
let data10 = data.epoch;
const _errs23 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate13.errors = [{instancePath:instancePath+"/epoch",schemaPath:"#/properties/epoch/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs23){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
validate13.errors = [{instancePath:instancePath+"/epoch",schemaPath:"#/properties/epoch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.step !== undefined){
let data11 = data.step;
const _errs25 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate13.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs25){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
validate13.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs25 === errors;
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
else {
validate13.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate13.errors = vErrors;
return errors === 0;
}

const schema19 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"step_done"},"epoch":{"type":"integer","minimum":0,"description":"From 1."},"step":{"type":"integer","minimum":0,"description":"From 1, over the whole run."},"steps":{"type":"integer","minimum":0,"description":"Expected in the whole run if it does not stop early."},"metrics":{"$ref":"#/definitions/metrics"},"examples_per_second":{"type":"number"},"seconds_left":{"type":"number"}},"required":["seq","time","type","epoch","step","steps","metrics"],"additionalProperties":false,"description":"Progress; at most about ten a second, not every step.","title":"StepDone"};
const func2 = Object.prototype.hasOwnProperty;
const schema20 = {"type":"object","additionalProperties":{"$ref":"#/definitions/number"},"description":"By name, such as `loss`, `sentiment.loss`, `sentiment.accuracy`."};
const schema21 = {"description":"A number; JSON has no NaN or infinities, so these are strings.","anyOf":[{"type":"number"},{"enum":["NaN","Infinity","-Infinity"]}]};

function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
const _errs2 = errors;
const _errs4 = errors;
let valid2 = false;
const _errs5 = errors;
if(!((typeof data0 == "number") && (isFinite(data0)))){
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/number/anyOf/0/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs7 = errors;
if(!(((data0 === "NaN") || (data0 === "Infinity")) || (data0 === "-Infinity"))){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/number/anyOf/1/enum",keyword:"enum",params:{allowedValues: schema21.anyOf[1].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid2 = valid2 || _valid0;
}
if(!valid2){
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/number/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
validate16.errors = vErrors;
return false;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs2 === errors;
if(!valid0){
break;
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


function validate15(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((data.seq === undefined) && (missing0 = "seq")) || ((data.time === undefined) && (missing0 = "time"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.epoch === undefined) && (missing0 = "epoch"))) || ((data.step === undefined) && (missing0 = "step"))) || ((data.steps === undefined) && (missing0 = "steps"))) || ((data.metrics === undefined) && (missing0 = "metrics"))){
validate15.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema19.properties, key0))){
validate15.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.seq !== undefined){
let data0 = data.seq;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate15.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
validate15.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.time !== undefined){
let data1 = data.time;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
validate15.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate15.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs6 = errors;
if("step_done" !== data.type){
validate15.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "step_done"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.epoch !== undefined){
let data3 = data.epoch;
const _errs7 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate15.errors = [{instancePath:instancePath+"/epoch",schemaPath:"#/properties/epoch/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs7){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate15.errors = [{instancePath:instancePath+"/epoch",schemaPath:"#/properties/epoch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.step !== undefined){
let data4 = data.step;
const _errs9 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate15.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs9){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
validate15.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.steps !== undefined){
let data5 = data.steps;
const _errs11 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate15.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs11){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate15.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metrics !== undefined){
const _errs13 = errors;
if(!(validate16(data.metrics, {instancePath:instancePath+"/metrics",parentData:data,parentDataProperty:"metrics",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.examples_per_second !== undefined){
let data7 = data.examples_per_second;
const _errs14 = errors;
if(!((typeof data7 == "number") && (isFinite(data7)))){
validate15.errors = [{instancePath:instancePath+"/examples_per_second",schemaPath:"#/properties/examples_per_second/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seconds_left !== undefined){
let data8 = data.seconds_left;
const _errs16 = errors;
if(!((typeof data8 == "number") && (isFinite(data8)))){
validate15.errors = [{instancePath:instancePath+"/seconds_left",schemaPath:"#/properties/seconds_left/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs16 === errors;
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
else {
validate15.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate15.errors = vErrors;
return errors === 0;
}

const schema22 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"epoch_done"},"epoch":{"type":"integer","minimum":0},"step":{"type":"integer","minimum":0},"seconds":{"type":"number"},"train":{"$ref":"#/definitions/metrics"},"validation":{"$ref":"#/definitions/metrics"},"best":{"type":"boolean","description":"The best epoch so far by the stop rule."},"seconds_left":{"type":"number"}},"required":["seq","time","type","epoch","step","seconds","train","best"],"additionalProperties":false,"description":"One pass over the training split, with validation.","title":"EpochDone"};

function validate19(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((data.seq === undefined) && (missing0 = "seq")) || ((data.time === undefined) && (missing0 = "time"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.epoch === undefined) && (missing0 = "epoch"))) || ((data.step === undefined) && (missing0 = "step"))) || ((data.seconds === undefined) && (missing0 = "seconds"))) || ((data.train === undefined) && (missing0 = "train"))) || ((data.best === undefined) && (missing0 = "best"))){
validate19.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema22.properties, key0))){
validate19.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.seq !== undefined){
let data0 = data.seq;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate19.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
validate19.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.time !== undefined){
let data1 = data.time;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
validate19.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate19.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs6 = errors;
if("epoch_done" !== data.type){
validate19.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "epoch_done"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.epoch !== undefined){
let data3 = data.epoch;
const _errs7 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate19.errors = [{instancePath:instancePath+"/epoch",schemaPath:"#/properties/epoch/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs7){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate19.errors = [{instancePath:instancePath+"/epoch",schemaPath:"#/properties/epoch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.step !== undefined){
let data4 = data.step;
const _errs9 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate19.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs9){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
validate19.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seconds !== undefined){
let data5 = data.seconds;
const _errs11 = errors;
if(!((typeof data5 == "number") && (isFinite(data5)))){
validate19.errors = [{instancePath:instancePath+"/seconds",schemaPath:"#/properties/seconds/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.train !== undefined){
const _errs13 = errors;
if(!(validate16(data.train, {instancePath:instancePath+"/train",parentData:data,parentDataProperty:"train",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.validation !== undefined){
const _errs14 = errors;
if(!(validate16(data.validation, {instancePath:instancePath+"/validation",parentData:data,parentDataProperty:"validation",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.best !== undefined){
const _errs15 = errors;
if(typeof data.best !== "boolean"){
validate19.errors = [{instancePath:instancePath+"/best",schemaPath:"#/properties/best/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seconds_left !== undefined){
let data9 = data.seconds_left;
const _errs17 = errors;
if(!((typeof data9 == "number") && (isFinite(data9)))){
validate19.errors = [{instancePath:instancePath+"/seconds_left",schemaPath:"#/properties/seconds_left/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs17 === errors;
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
else {
validate19.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate19.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"evaluated"},"report":{"$ref":"#/definitions/report"}},"required":["seq","time","type","report"],"additionalProperties":false,"description":"An evaluation is done.","title":"Evaluated"};
const schema26 = {"type":"object","properties":{"split":{"type":"string"},"tasks":{"type":"object","additionalProperties":{"$ref":"#/definitions/taskReport"}},"requirements":{"type":"array","items":{"$ref":"#/definitions/requirement"}},"receipt":{"type":"array","items":{"$ref":"#/definitions/receiptLine"},"description":"Of training: what became of each setting."}},"required":["split","tasks","requirements"],"additionalProperties":false,"title":"Report","description":"The result of an evaluation; also the content of report.json."};
const schema30 = {"type":"object","properties":{"setting":{"type":"string","description":"Such as `train.clip_norm` or `parts.encoder.learning_rate`."},"value":{"type":"string"},"state":{"enum":["used","default","without effect"],"description":"`default`: nothing was written, and this was used."},"why":{"type":"string","description":"Of one without effect."}},"required":["setting","value","state"],"additionalProperties":false,"title":"ReceiptLine"};
const schema27 = {"type":"object","properties":{"metrics":{"$ref":"#/definitions/metrics"},"examples":{"type":"integer","minimum":0},"confusion":{"type":"object","properties":{"labels":{"type":"array","items":{"type":"string"}},"counts":{"type":"array","items":{"type":"array","items":{"type":"integer","minimum":0}},"description":"counts[true][predicted]."}},"required":["labels","counts"],"additionalProperties":false},"slices":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":"object","properties":{"metrics":{"$ref":"#/definitions/metrics"},"examples":{"type":"integer","minimum":0}},"required":["metrics","examples"],"additionalProperties":false}},"description":"By column, then by its value."}},"required":["metrics","examples"],"additionalProperties":false,"title":"TaskReport"};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.metrics === undefined) && (missing0 = "metrics")) || ((data.examples === undefined) && (missing0 = "examples"))){
validate25.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "metrics") || (key0 === "examples")) || (key0 === "confusion")) || (key0 === "slices"))){
validate25.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.metrics !== undefined){
const _errs2 = errors;
if(!(validate16(data.metrics, {instancePath:instancePath+"/metrics",parentData:data,parentDataProperty:"metrics",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.examples !== undefined){
let data1 = data.examples;
const _errs3 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate25.errors = [{instancePath:instancePath+"/examples",schemaPath:"#/properties/examples/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs3){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 < 0 || isNaN(data1)){
validate25.errors = [{instancePath:instancePath+"/examples",schemaPath:"#/properties/examples/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.confusion !== undefined){
let data2 = data.confusion;
const _errs5 = errors;
if(errors === _errs5){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if(((data2.labels === undefined) && (missing1 = "labels")) || ((data2.counts === undefined) && (missing1 = "counts"))){
validate25.errors = [{instancePath:instancePath+"/confusion",schemaPath:"#/properties/confusion/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs7 = errors;
for(const key1 in data2){
if(!((key1 === "labels") || (key1 === "counts"))){
validate25.errors = [{instancePath:instancePath+"/confusion",schemaPath:"#/properties/confusion/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs7 === errors){
if(data2.labels !== undefined){
let data3 = data2.labels;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
var valid2 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
const _errs10 = errors;
if(typeof data3[i0] !== "string"){
validate25.errors = [{instancePath:instancePath+"/confusion/labels/" + i0,schemaPath:"#/properties/confusion/properties/labels/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs10 === errors;
if(!valid2){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/confusion/labels",schemaPath:"#/properties/confusion/properties/labels/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.counts !== undefined){
let data5 = data2.counts;
const _errs12 = errors;
if(errors === _errs12){
if(Array.isArray(data5)){
var valid3 = true;
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
const _errs14 = errors;
if(errors === _errs14){
if(Array.isArray(data6)){
var valid4 = true;
const len2 = data6.length;
for(let i2=0; i2<len2; i2++){
let data7 = data6[i2];
const _errs16 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate25.errors = [{instancePath:instancePath+"/confusion/counts/" + i1+"/" + i2,schemaPath:"#/properties/confusion/properties/counts/items/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate25.errors = [{instancePath:instancePath+"/confusion/counts/" + i1+"/" + i2,schemaPath:"#/properties/confusion/properties/counts/items/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid4 = _errs16 === errors;
if(!valid4){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/confusion/counts/" + i1,schemaPath:"#/properties/confusion/properties/counts/items/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid3 = _errs14 === errors;
if(!valid3){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/confusion/counts",schemaPath:"#/properties/confusion/properties/counts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid1 = _errs12 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/confusion",schemaPath:"#/properties/confusion/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.slices !== undefined){
let data8 = data.slices;
const _errs18 = errors;
if(errors === _errs18){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key2 in data8){
let data9 = data8[key2];
const _errs21 = errors;
if(errors === _errs21){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key3 in data9){
let data10 = data9[key3];
const _errs24 = errors;
if(errors === _errs24){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing2;
if(((data10.metrics === undefined) && (missing2 = "metrics")) || ((data10.examples === undefined) && (missing2 = "examples"))){
validate25.errors = [{instancePath:instancePath+"/slices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/slices/additionalProperties/additionalProperties/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key4 in data10){
if(!((key4 === "metrics") || (key4 === "examples"))){
validate25.errors = [{instancePath:instancePath+"/slices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/slices/additionalProperties/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs26 === errors){
if(data10.metrics !== undefined){
const _errs27 = errors;
if(!(validate16(data10.metrics, {instancePath:instancePath+"/slices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/metrics",parentData:data10,parentDataProperty:"metrics",rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
var valid7 = _errs27 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data10.examples !== undefined){
let data12 = data10.examples;
const _errs28 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate25.errors = [{instancePath:instancePath+"/slices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/examples",schemaPath:"#/properties/slices/additionalProperties/additionalProperties/properties/examples/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs28){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
validate25.errors = [{instancePath:instancePath+"/slices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/examples",schemaPath:"#/properties/slices/additionalProperties/additionalProperties/properties/examples/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid7 = _errs28 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/slices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/slices/additionalProperties/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid6 = _errs24 === errors;
if(!valid6){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/slices/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/slices/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs21 === errors;
if(!valid5){
break;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/slices",schemaPath:"#/properties/slices/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs18 === errors;
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
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}

const schema28 = {"type":"object","properties":{"metric":{"type":"string"},"slice":{"type":"string","description":"The column for whose every value the requirement holds."},"group":{"type":"string","description":"The value of that column that was worst; `actual` is measured on its rows."},"comparison":{"enum":[">=","<=",">","<"]},"required":{"type":"number"},"actual":{"$ref":"#/definitions/number"},"met":{"type":"boolean"}},"required":["metric","comparison","required","actual","met"],"additionalProperties":false,"title":"RequirementResult"};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.metric === undefined) && (missing0 = "metric")) || ((data.comparison === undefined) && (missing0 = "comparison"))) || ((data.required === undefined) && (missing0 = "required"))) || ((data.actual === undefined) && (missing0 = "actual"))) || ((data.met === undefined) && (missing0 = "met"))){
validate29.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "metric") || (key0 === "slice")) || (key0 === "group")) || (key0 === "comparison")) || (key0 === "required")) || (key0 === "actual")) || (key0 === "met"))){
validate29.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.metric !== undefined){
const _errs2 = errors;
if(typeof data.metric !== "string"){
validate29.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.slice !== undefined){
const _errs4 = errors;
if(typeof data.slice !== "string"){
validate29.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/properties/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.group !== undefined){
const _errs6 = errors;
if(typeof data.group !== "string"){
validate29.errors = [{instancePath:instancePath+"/group",schemaPath:"#/properties/group/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.comparison !== undefined){
let data3 = data.comparison;
const _errs8 = errors;
if(!((((data3 === ">=") || (data3 === "<=")) || (data3 === ">")) || (data3 === "<"))){
validate29.errors = [{instancePath:instancePath+"/comparison",schemaPath:"#/properties/comparison/enum",keyword:"enum",params:{allowedValues: schema28.properties.comparison.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.required !== undefined){
let data4 = data.required;
const _errs9 = errors;
if(!((typeof data4 == "number") && (isFinite(data4)))){
validate29.errors = [{instancePath:instancePath+"/required",schemaPath:"#/properties/required/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actual !== undefined){
let data5 = data.actual;
const _errs11 = errors;
const _errs13 = errors;
let valid2 = false;
const _errs14 = errors;
if(!((typeof data5 == "number") && (isFinite(data5)))){
const err0 = {instancePath:instancePath+"/actual",schemaPath:"#/definitions/number/anyOf/0/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs14 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs16 = errors;
if(!(((data5 === "NaN") || (data5 === "Infinity")) || (data5 === "-Infinity"))){
const err1 = {instancePath:instancePath+"/actual",schemaPath:"#/definitions/number/anyOf/1/enum",keyword:"enum",params:{allowedValues: schema21.anyOf[1].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs16 === errors;
valid2 = valid2 || _valid0;
}
if(!valid2){
const err2 = {instancePath:instancePath+"/actual",schemaPath:"#/definitions/number/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
validate29.errors = vErrors;
return false;
}
else {
errors = _errs13;
if(vErrors !== null){
if(_errs13){
vErrors.length = _errs13;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.met !== undefined){
const _errs17 = errors;
if(typeof data.met !== "boolean"){
validate29.errors = [{instancePath:instancePath+"/met",schemaPath:"#/properties/met/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs17 === errors;
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
else {
validate29.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.split === undefined) && (missing0 = "split")) || ((data.tasks === undefined) && (missing0 = "tasks"))) || ((data.requirements === undefined) && (missing0 = "requirements"))){
validate24.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "split") || (key0 === "tasks")) || (key0 === "requirements")) || (key0 === "receipt"))){
validate24.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.split !== undefined){
const _errs2 = errors;
if(typeof data.split !== "string"){
validate24.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tasks !== undefined){
let data1 = data.tasks;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
const _errs7 = errors;
if(!(validate25(data1[key1], {instancePath:instancePath+"/tasks/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data1,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid1 = _errs7 === errors;
if(!valid1){
break;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/tasks",schemaPath:"#/properties/tasks/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.requirements !== undefined){
let data3 = data.requirements;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
var valid2 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
const _errs10 = errors;
if(!(validate29(data3[i0], {instancePath:instancePath+"/requirements/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
var valid2 = _errs10 === errors;
if(!valid2){
break;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/requirements",schemaPath:"#/properties/requirements/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.receipt !== undefined){
let data5 = data.receipt;
const _errs11 = errors;
if(errors === _errs11){
if(Array.isArray(data5)){
var valid3 = true;
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
const _errs13 = errors;
const _errs14 = errors;
if(errors === _errs14){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing1;
if((((data6.setting === undefined) && (missing1 = "setting")) || ((data6.value === undefined) && (missing1 = "value"))) || ((data6.state === undefined) && (missing1 = "state"))){
validate24.errors = [{instancePath:instancePath+"/receipt/" + i1,schemaPath:"#/definitions/receiptLine/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs16 = errors;
for(const key2 in data6){
if(!((((key2 === "setting") || (key2 === "value")) || (key2 === "state")) || (key2 === "why"))){
validate24.errors = [{instancePath:instancePath+"/receipt/" + i1,schemaPath:"#/definitions/receiptLine/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs16 === errors){
if(data6.setting !== undefined){
const _errs17 = errors;
if(typeof data6.setting !== "string"){
validate24.errors = [{instancePath:instancePath+"/receipt/" + i1+"/setting",schemaPath:"#/definitions/receiptLine/properties/setting/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs17 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data6.value !== undefined){
const _errs19 = errors;
if(typeof data6.value !== "string"){
validate24.errors = [{instancePath:instancePath+"/receipt/" + i1+"/value",schemaPath:"#/definitions/receiptLine/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs19 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data6.state !== undefined){
let data9 = data6.state;
const _errs21 = errors;
if(!(((data9 === "used") || (data9 === "default")) || (data9 === "without effect"))){
validate24.errors = [{instancePath:instancePath+"/receipt/" + i1+"/state",schemaPath:"#/definitions/receiptLine/properties/state/enum",keyword:"enum",params:{allowedValues: schema30.properties.state.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid5 = _errs21 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data6.why !== undefined){
const _errs22 = errors;
if(typeof data6.why !== "string"){
validate24.errors = [{instancePath:instancePath+"/receipt/" + i1+"/why",schemaPath:"#/definitions/receiptLine/properties/why/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs22 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/receipt/" + i1,schemaPath:"#/definitions/receiptLine/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs13 === errors;
if(!valid3){
break;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/receipt",schemaPath:"#/properties/receipt/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs11 === errors;
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
validate24.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.seq === undefined) && (missing0 = "seq")) || ((data.time === undefined) && (missing0 = "time"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.report === undefined) && (missing0 = "report"))){
validate23.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "seq") || (key0 === "time")) || (key0 === "type")) || (key0 === "report"))){
validate23.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.seq !== undefined){
let data0 = data.seq;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate23.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
validate23.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.time !== undefined){
let data1 = data.time;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
validate23.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate23.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs6 = errors;
if("evaluated" !== data.type){
validate23.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "evaluated"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.report !== undefined){
const _errs7 = errors;
if(!(validate24(data.report, {instancePath:instancePath+"/report",parentData:data,parentDataProperty:"report",rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
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
}
}
else {
validate23.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}

const schema31 = {"type":"object","properties":{"seq":{"type":"integer","minimum":0,"description":"0, 1, 2, … without gaps."},"time":{"type":"string","format":"date-time","description":"When it happened, UTC."},"type":{"const":"run_ended"},"status":{"enum":["completed","stopped_early","cancelled","failed"]},"seconds":{"type":"number"},"epochs":{"type":"integer","minimum":0},"best_epoch":{"type":"integer","minimum":0},"failure":{"$ref":"#/definitions/failure"}},"required":["seq","time","type","status","seconds"],"additionalProperties":false,"description":"Last line of a run that ended by itself; a run without it and without a live process was interrupted.","title":"RunEnded"};
const schema32 = {"type":"object","properties":{"code":{"type":"string","description":"Stable id of the kind of failure, such as `data-file-missing` or `loss-not-finite`."},"message":{"type":"string"},"help":{"type":"string"},"file":{"type":"string"},"line":{"type":"integer","minimum":1}},"required":["code","message"],"additionalProperties":false,"title":"Failure","description":"One clear message: what, where, why, and what helps."};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.seq === undefined) && (missing0 = "seq")) || ((data.time === undefined) && (missing0 = "time"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.status === undefined) && (missing0 = "status"))) || ((data.seconds === undefined) && (missing0 = "seconds"))){
validate33.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "seq") || (key0 === "time")) || (key0 === "type")) || (key0 === "status")) || (key0 === "seconds")) || (key0 === "epochs")) || (key0 === "best_epoch")) || (key0 === "failure"))){
validate33.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.seq !== undefined){
let data0 = data.seq;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate33.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
validate33.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.time !== undefined){
let data1 = data.time;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
validate33.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate33.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
const _errs6 = errors;
if("run_ended" !== data.type){
validate33.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "run_ended"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data3 = data.status;
const _errs7 = errors;
if(!((((data3 === "completed") || (data3 === "stopped_early")) || (data3 === "cancelled")) || (data3 === "failed"))){
validate33.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/enum",keyword:"enum",params:{allowedValues: schema31.properties.status.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seconds !== undefined){
let data4 = data.seconds;
const _errs8 = errors;
if(!((typeof data4 == "number") && (isFinite(data4)))){
validate33.errors = [{instancePath:instancePath+"/seconds",schemaPath:"#/properties/seconds/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.epochs !== undefined){
let data5 = data.epochs;
const _errs10 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate33.errors = [{instancePath:instancePath+"/epochs",schemaPath:"#/properties/epochs/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate33.errors = [{instancePath:instancePath+"/epochs",schemaPath:"#/properties/epochs/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.best_epoch !== undefined){
let data6 = data.best_epoch;
const _errs12 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate33.errors = [{instancePath:instancePath+"/best_epoch",schemaPath:"#/properties/best_epoch/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs12){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
validate33.errors = [{instancePath:instancePath+"/best_epoch",schemaPath:"#/properties/best_epoch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.failure !== undefined){
let data7 = data.failure;
const _errs14 = errors;
const _errs15 = errors;
if(errors === _errs15){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing1;
if(((data7.code === undefined) && (missing1 = "code")) || ((data7.message === undefined) && (missing1 = "message"))){
validate33.errors = [{instancePath:instancePath+"/failure",schemaPath:"#/definitions/failure/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs17 = errors;
for(const key1 in data7){
if(!(((((key1 === "code") || (key1 === "message")) || (key1 === "help")) || (key1 === "file")) || (key1 === "line"))){
validate33.errors = [{instancePath:instancePath+"/failure",schemaPath:"#/definitions/failure/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs17 === errors){
if(data7.code !== undefined){
const _errs18 = errors;
if(typeof data7.code !== "string"){
validate33.errors = [{instancePath:instancePath+"/failure/code",schemaPath:"#/definitions/failure/properties/code/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data7.message !== undefined){
const _errs20 = errors;
if(typeof data7.message !== "string"){
validate33.errors = [{instancePath:instancePath+"/failure/message",schemaPath:"#/definitions/failure/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data7.help !== undefined){
const _errs22 = errors;
if(typeof data7.help !== "string"){
validate33.errors = [{instancePath:instancePath+"/failure/help",schemaPath:"#/definitions/failure/properties/help/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data7.file !== undefined){
const _errs24 = errors;
if(typeof data7.file !== "string"){
validate33.errors = [{instancePath:instancePath+"/failure/file",schemaPath:"#/definitions/failure/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs24 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data7.line !== undefined){
let data12 = data7.line;
const _errs26 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate33.errors = [{instancePath:instancePath+"/failure/line",schemaPath:"#/definitions/failure/properties/line/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs26){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 1 || isNaN(data12)){
validate33.errors = [{instancePath:instancePath+"/failure/line",schemaPath:"#/definitions/failure/properties/line/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
var valid2 = _errs26 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/failure",schemaPath:"#/definitions/failure/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs14 === errors;
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
validate33.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate33.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="run-event.schema.json" */;
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
let passing0 = null;
const _errs1 = errors;
if(!(validate11(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
var _valid0 = _errs1 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs2 = errors;
if(!(validate13(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
var _valid0 = _errs2 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs3 = errors;
const _errs4 = errors;
if(errors === _errs4){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.seq === undefined) && (missing0 = "seq")) || ((data.time === undefined) && (missing0 = "time"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.phase === undefined) && (missing0 = "phase"))){
const err0 = {instancePath,schemaPath:"#/definitions/phaseStarted/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
const _errs6 = errors;
for(const key0 in data){
if(!(((((key0 === "seq") || (key0 === "time")) || (key0 === "type")) || (key0 === "phase")) || (key0 === "text"))){
const err1 = {instancePath,schemaPath:"#/definitions/phaseStarted/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
break;
}
}
if(_errs6 === errors){
if(data.seq !== undefined){
let data0 = data.seq;
const _errs7 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/phaseStarted/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(errors === _errs7){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/phaseStarted/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.time !== undefined){
let data1 = data.time;
const _errs9 = errors;
if(errors === _errs9){
if(errors === _errs9){
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
const err4 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/phaseStarted/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/phaseStarted/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.type !== undefined){
const _errs11 = errors;
if("phase_started" !== data.type){
const err6 = {instancePath:instancePath+"/type",schemaPath:"#/definitions/phaseStarted/properties/type/const",keyword:"const",params:{allowedValue: "phase_started"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.phase !== undefined){
let data3 = data.phase;
const _errs12 = errors;
if(!((((((data3 === "prepare") || (data3 === "compile")) || (data3 === "cache")) || (data3 === "train")) || (data3 === "evaluate")) || (data3 === "save"))){
const err7 = {instancePath:instancePath+"/phase",schemaPath:"#/definitions/phaseStarted/properties/phase/enum",keyword:"enum",params:{allowedValues: schema16.properties.phase.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.text !== undefined){
const _errs13 = errors;
if(typeof data.text !== "string"){
const err8 = {instancePath:instancePath+"/text",schemaPath:"#/definitions/phaseStarted/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/definitions/phaseStarted/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
const _errs15 = errors;
const _errs16 = errors;
if(errors === _errs16){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((((((((data.seq === undefined) && (missing1 = "seq")) || ((data.time === undefined) && (missing1 = "time"))) || ((data.type === undefined) && (missing1 = "type"))) || ((data.data === undefined) && (missing1 = "data"))) || ((data.split === undefined) && (missing1 = "split"))) || ((data.examples === undefined) && (missing1 = "examples"))) || ((data.cached === undefined) && (missing1 = "cached"))) || ((data.seconds === undefined) && (missing1 = "seconds"))){
const err10 = {instancePath,schemaPath:"#/definitions/dataPrepared/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
else {
const _errs18 = errors;
for(const key1 in data){
if(!((((((((key1 === "seq") || (key1 === "time")) || (key1 === "type")) || (key1 === "data")) || (key1 === "split")) || (key1 === "examples")) || (key1 === "cached")) || (key1 === "seconds"))){
const err11 = {instancePath,schemaPath:"#/definitions/dataPrepared/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
break;
}
}
if(_errs18 === errors){
if(data.seq !== undefined){
let data5 = data.seq;
const _errs19 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err12 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/dataPrepared/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(errors === _errs19){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
const err13 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/dataPrepared/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
var valid4 = _errs19 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.time !== undefined){
let data6 = data.time;
const _errs21 = errors;
if(errors === _errs21){
if(errors === _errs21){
if(typeof data6 === "string"){
if(!(formats0.test(data6))){
const err14 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/dataPrepared/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/dataPrepared/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
var valid4 = _errs21 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.type !== undefined){
const _errs23 = errors;
if("data_prepared" !== data.type){
const err16 = {instancePath:instancePath+"/type",schemaPath:"#/definitions/dataPrepared/properties/type/const",keyword:"const",params:{allowedValue: "data_prepared"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var valid4 = _errs23 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.data !== undefined){
const _errs24 = errors;
if(typeof data.data !== "string"){
const err17 = {instancePath:instancePath+"/data",schemaPath:"#/definitions/dataPrepared/properties/data/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var valid4 = _errs24 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.split !== undefined){
const _errs26 = errors;
if(typeof data.split !== "string"){
const err18 = {instancePath:instancePath+"/split",schemaPath:"#/definitions/dataPrepared/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var valid4 = _errs26 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.examples !== undefined){
let data10 = data.examples;
const _errs28 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err19 = {instancePath:instancePath+"/examples",schemaPath:"#/definitions/dataPrepared/properties/examples/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(errors === _errs28){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
const err20 = {instancePath:instancePath+"/examples",schemaPath:"#/definitions/dataPrepared/properties/examples/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
var valid4 = _errs28 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.cached !== undefined){
const _errs30 = errors;
if(typeof data.cached !== "boolean"){
const err21 = {instancePath:instancePath+"/cached",schemaPath:"#/definitions/dataPrepared/properties/cached/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var valid4 = _errs30 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.seconds !== undefined){
let data12 = data.seconds;
const _errs32 = errors;
if(!((typeof data12 == "number") && (isFinite(data12)))){
const err22 = {instancePath:instancePath+"/seconds",schemaPath:"#/definitions/dataPrepared/properties/seconds/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var valid4 = _errs32 === errors;
}
else {
var valid4 = true;
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
const err23 = {instancePath,schemaPath:"#/definitions/dataPrepared/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var _valid0 = _errs15 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 3];
}
else {
if(_valid0){
valid0 = true;
passing0 = 3;
}
const _errs34 = errors;
const _errs35 = errors;
if(errors === _errs35){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((((((((data.seq === undefined) && (missing2 = "seq")) || ((data.time === undefined) && (missing2 = "time"))) || ((data.type === undefined) && (missing2 = "type"))) || ((data.parameters === undefined) && (missing2 = "parameters"))) || ((data.trainable === undefined) && (missing2 = "trainable"))) || ((data.primitives === undefined) && (missing2 = "primitives"))) || ((data.seconds === undefined) && (missing2 = "seconds"))) || ((data.parts === undefined) && (missing2 = "parts"))){
const err24 = {instancePath,schemaPath:"#/definitions/stepCompiled/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
else {
const _errs37 = errors;
for(const key2 in data){
if(!(func2.call(schema18.properties, key2))){
const err25 = {instancePath,schemaPath:"#/definitions/stepCompiled/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
break;
}
}
if(_errs37 === errors){
if(data.seq !== undefined){
let data13 = data.seq;
const _errs38 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err26 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/stepCompiled/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(errors === _errs38){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 0 || isNaN(data13)){
const err27 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/stepCompiled/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
var valid6 = _errs38 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.time !== undefined){
let data14 = data.time;
const _errs40 = errors;
if(errors === _errs40){
if(errors === _errs40){
if(typeof data14 === "string"){
if(!(formats0.test(data14))){
const err28 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/stepCompiled/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/stepCompiled/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
var valid6 = _errs40 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.type !== undefined){
const _errs42 = errors;
if("step_compiled" !== data.type){
const err30 = {instancePath:instancePath+"/type",schemaPath:"#/definitions/stepCompiled/properties/type/const",keyword:"const",params:{allowedValue: "step_compiled"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
var valid6 = _errs42 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.parameters !== undefined){
let data16 = data.parameters;
const _errs43 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err31 = {instancePath:instancePath+"/parameters",schemaPath:"#/definitions/stepCompiled/properties/parameters/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(errors === _errs43){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
const err32 = {instancePath:instancePath+"/parameters",schemaPath:"#/definitions/stepCompiled/properties/parameters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
var valid6 = _errs43 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.trainable !== undefined){
let data17 = data.trainable;
const _errs45 = errors;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err33 = {instancePath:instancePath+"/trainable",schemaPath:"#/definitions/stepCompiled/properties/trainable/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(errors === _errs45){
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 < 0 || isNaN(data17)){
const err34 = {instancePath:instancePath+"/trainable",schemaPath:"#/definitions/stepCompiled/properties/trainable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
var valid6 = _errs45 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.primitives !== undefined){
let data18 = data.primitives;
const _errs47 = errors;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err35 = {instancePath:instancePath+"/primitives",schemaPath:"#/definitions/stepCompiled/properties/primitives/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(errors === _errs47){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 < 0 || isNaN(data18)){
const err36 = {instancePath:instancePath+"/primitives",schemaPath:"#/definitions/stepCompiled/properties/primitives/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
var valid6 = _errs47 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.seconds !== undefined){
let data19 = data.seconds;
const _errs49 = errors;
if(!((typeof data19 == "number") && (isFinite(data19)))){
const err37 = {instancePath:instancePath+"/seconds",schemaPath:"#/definitions/stepCompiled/properties/seconds/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
var valid6 = _errs49 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.memory !== undefined){
let data20 = data.memory;
const _errs51 = errors;
if(errors === _errs51){
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
let missing3;
if(((((data20.weights === undefined) && (missing3 = "weights")) || ((data20.optimizer === undefined) && (missing3 = "optimizer"))) || ((data20.working === undefined) && (missing3 = "working"))) || ((data20.total === undefined) && (missing3 = "total"))){
const err38 = {instancePath:instancePath+"/memory",schemaPath:"#/definitions/stepCompiled/properties/memory/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
else {
const _errs53 = errors;
for(const key3 in data20){
if(!((((key3 === "weights") || (key3 === "optimizer")) || (key3 === "working")) || (key3 === "total"))){
const err39 = {instancePath:instancePath+"/memory",schemaPath:"#/definitions/stepCompiled/properties/memory/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
break;
}
}
if(_errs53 === errors){
if(data20.weights !== undefined){
let data21 = data20.weights;
const _errs54 = errors;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err40 = {instancePath:instancePath+"/memory/weights",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/weights/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(errors === _errs54){
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 < 0 || isNaN(data21)){
const err41 = {instancePath:instancePath+"/memory/weights",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/weights/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
var valid7 = _errs54 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data20.optimizer !== undefined){
let data22 = data20.optimizer;
const _errs56 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err42 = {instancePath:instancePath+"/memory/optimizer",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/optimizer/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(errors === _errs56){
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 < 0 || isNaN(data22)){
const err43 = {instancePath:instancePath+"/memory/optimizer",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/optimizer/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
var valid7 = _errs56 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data20.working !== undefined){
let data23 = data20.working;
const _errs58 = errors;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err44 = {instancePath:instancePath+"/memory/working",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/working/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(errors === _errs58){
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 < 0 || isNaN(data23)){
const err45 = {instancePath:instancePath+"/memory/working",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/working/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
var valid7 = _errs58 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data20.total !== undefined){
let data24 = data20.total;
const _errs60 = errors;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err46 = {instancePath:instancePath+"/memory/total",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/total/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(errors === _errs60){
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 < 0 || isNaN(data24)){
const err47 = {instancePath:instancePath+"/memory/total",schemaPath:"#/definitions/stepCompiled/properties/memory/properties/total/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
var valid7 = _errs60 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
}
}
else {
const err48 = {instancePath:instancePath+"/memory",schemaPath:"#/definitions/stepCompiled/properties/memory/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
var valid6 = _errs51 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.parts !== undefined){
let data25 = data.parts;
const _errs62 = errors;
if(errors === _errs62){
if(Array.isArray(data25)){
var valid8 = true;
const len0 = data25.length;
for(let i0=0; i0<len0; i0++){
let data26 = data25[i0];
const _errs64 = errors;
if(errors === _errs64){
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
let missing4;
if((((((data26.name === undefined) && (missing4 = "name")) || ((data26.module === undefined) && (missing4 = "module"))) || ((data26.version === undefined) && (missing4 = "version"))) || ((data26.parameters === undefined) && (missing4 = "parameters"))) || ((data26.trainable === undefined) && (missing4 = "trainable"))){
const err49 = {instancePath:instancePath+"/parts/" + i0,schemaPath:"#/definitions/stepCompiled/properties/parts/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
else {
const _errs66 = errors;
for(const key4 in data26){
if(!(((((key4 === "name") || (key4 === "module")) || (key4 === "version")) || (key4 === "parameters")) || (key4 === "trainable"))){
const err50 = {instancePath:instancePath+"/parts/" + i0,schemaPath:"#/definitions/stepCompiled/properties/parts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
break;
}
}
if(_errs66 === errors){
if(data26.name !== undefined){
const _errs67 = errors;
if(typeof data26.name !== "string"){
const err51 = {instancePath:instancePath+"/parts/" + i0+"/name",schemaPath:"#/definitions/stepCompiled/properties/parts/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
var valid9 = _errs67 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data26.module !== undefined){
const _errs69 = errors;
if(typeof data26.module !== "string"){
const err52 = {instancePath:instancePath+"/parts/" + i0+"/module",schemaPath:"#/definitions/stepCompiled/properties/parts/items/properties/module/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
var valid9 = _errs69 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data26.version !== undefined){
const _errs71 = errors;
if(typeof data26.version !== "string"){
const err53 = {instancePath:instancePath+"/parts/" + i0+"/version",schemaPath:"#/definitions/stepCompiled/properties/parts/items/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
var valid9 = _errs71 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data26.parameters !== undefined){
let data30 = data26.parameters;
const _errs73 = errors;
if(!(((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30))) && (isFinite(data30)))){
const err54 = {instancePath:instancePath+"/parts/" + i0+"/parameters",schemaPath:"#/definitions/stepCompiled/properties/parts/items/properties/parameters/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(errors === _errs73){
if((typeof data30 == "number") && (isFinite(data30))){
if(data30 < 0 || isNaN(data30)){
const err55 = {instancePath:instancePath+"/parts/" + i0+"/parameters",schemaPath:"#/definitions/stepCompiled/properties/parts/items/properties/parameters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
var valid9 = _errs73 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data26.trainable !== undefined){
let data31 = data26.trainable;
const _errs75 = errors;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err56 = {instancePath:instancePath+"/parts/" + i0+"/trainable",schemaPath:"#/definitions/stepCompiled/properties/parts/items/properties/trainable/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(errors === _errs75){
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 < 0 || isNaN(data31)){
const err57 = {instancePath:instancePath+"/parts/" + i0+"/trainable",schemaPath:"#/definitions/stepCompiled/properties/parts/items/properties/trainable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
var valid9 = _errs75 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
}
}
}
else {
const err58 = {instancePath:instancePath+"/parts/" + i0,schemaPath:"#/definitions/stepCompiled/properties/parts/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
var valid8 = _errs64 === errors;
if(!valid8){
break;
}
}
}
else {
const err59 = {instancePath:instancePath+"/parts",schemaPath:"#/definitions/stepCompiled/properties/parts/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
var valid6 = _errs62 === errors;
}
else {
var valid6 = true;
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
const err60 = {instancePath,schemaPath:"#/definitions/stepCompiled/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
var _valid0 = _errs34 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 4];
}
else {
if(_valid0){
valid0 = true;
passing0 = 4;
}
const _errs77 = errors;
if(!(validate15(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
var _valid0 = _errs77 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 5];
}
else {
if(_valid0){
valid0 = true;
passing0 = 5;
}
const _errs78 = errors;
if(!(validate19(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors);
errors = vErrors.length;
}
var _valid0 = _errs78 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 6];
}
else {
if(_valid0){
valid0 = true;
passing0 = 6;
}
const _errs79 = errors;
const _errs80 = errors;
if(errors === _errs80){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing5;
if(((((((data.seq === undefined) && (missing5 = "seq")) || ((data.time === undefined) && (missing5 = "time"))) || ((data.type === undefined) && (missing5 = "type"))) || ((data.part === undefined) && (missing5 = "part"))) || ((data.file === undefined) && (missing5 = "file"))) || ((data.sha256 === undefined) && (missing5 = "sha256"))){
const err61 = {instancePath,schemaPath:"#/definitions/weightsSaved/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
else {
const _errs82 = errors;
for(const key5 in data){
if(!(((((((key5 === "seq") || (key5 === "time")) || (key5 === "type")) || (key5 === "part")) || (key5 === "file")) || (key5 === "sha256")) || (key5 === "epoch"))){
const err62 = {instancePath,schemaPath:"#/definitions/weightsSaved/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
break;
}
}
if(_errs82 === errors){
if(data.seq !== undefined){
let data32 = data.seq;
const _errs83 = errors;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err63 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/weightsSaved/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(errors === _errs83){
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
const err64 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/weightsSaved/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
var valid11 = _errs83 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.time !== undefined){
let data33 = data.time;
const _errs85 = errors;
if(errors === _errs85){
if(errors === _errs85){
if(typeof data33 === "string"){
if(!(formats0.test(data33))){
const err65 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/weightsSaved/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/weightsSaved/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
var valid11 = _errs85 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.type !== undefined){
const _errs87 = errors;
if("weights_saved" !== data.type){
const err67 = {instancePath:instancePath+"/type",schemaPath:"#/definitions/weightsSaved/properties/type/const",keyword:"const",params:{allowedValue: "weights_saved"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
var valid11 = _errs87 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.part !== undefined){
const _errs88 = errors;
if(typeof data.part !== "string"){
const err68 = {instancePath:instancePath+"/part",schemaPath:"#/definitions/weightsSaved/properties/part/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
var valid11 = _errs88 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.file !== undefined){
const _errs90 = errors;
if(typeof data.file !== "string"){
const err69 = {instancePath:instancePath+"/file",schemaPath:"#/definitions/weightsSaved/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
var valid11 = _errs90 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.sha256 !== undefined){
const _errs92 = errors;
if(typeof data.sha256 !== "string"){
const err70 = {instancePath:instancePath+"/sha256",schemaPath:"#/definitions/weightsSaved/properties/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
var valid11 = _errs92 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.epoch !== undefined){
let data38 = data.epoch;
const _errs94 = errors;
if(!(((typeof data38 == "number") && (!(data38 % 1) && !isNaN(data38))) && (isFinite(data38)))){
const err71 = {instancePath:instancePath+"/epoch",schemaPath:"#/definitions/weightsSaved/properties/epoch/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(errors === _errs94){
if((typeof data38 == "number") && (isFinite(data38))){
if(data38 < 0 || isNaN(data38)){
const err72 = {instancePath:instancePath+"/epoch",schemaPath:"#/definitions/weightsSaved/properties/epoch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
var valid11 = _errs94 === errors;
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
}
}
}
else {
const err73 = {instancePath,schemaPath:"#/definitions/weightsSaved/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
var _valid0 = _errs79 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 7];
}
else {
if(_valid0){
valid0 = true;
passing0 = 7;
}
const _errs96 = errors;
const _errs97 = errors;
if(errors === _errs97){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if((((((data.seq === undefined) && (missing6 = "seq")) || ((data.time === undefined) && (missing6 = "time"))) || ((data.type === undefined) && (missing6 = "type"))) || ((data.level === undefined) && (missing6 = "level"))) || ((data.text === undefined) && (missing6 = "text"))){
const err74 = {instancePath,schemaPath:"#/definitions/message/required",keyword:"required",params:{missingProperty: missing6},message:"must have required property '"+missing6+"'"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
else {
const _errs99 = errors;
for(const key6 in data){
if(!((((((key6 === "seq") || (key6 === "time")) || (key6 === "type")) || (key6 === "level")) || (key6 === "text")) || (key6 === "code"))){
const err75 = {instancePath,schemaPath:"#/definitions/message/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
break;
}
}
if(_errs99 === errors){
if(data.seq !== undefined){
let data39 = data.seq;
const _errs100 = errors;
if(!(((typeof data39 == "number") && (!(data39 % 1) && !isNaN(data39))) && (isFinite(data39)))){
const err76 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/message/properties/seq/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(errors === _errs100){
if((typeof data39 == "number") && (isFinite(data39))){
if(data39 < 0 || isNaN(data39)){
const err77 = {instancePath:instancePath+"/seq",schemaPath:"#/definitions/message/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
var valid13 = _errs100 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.time !== undefined){
let data40 = data.time;
const _errs102 = errors;
if(errors === _errs102){
if(errors === _errs102){
if(typeof data40 === "string"){
if(!(formats0.test(data40))){
const err78 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/message/properties/time/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/time",schemaPath:"#/definitions/message/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
var valid13 = _errs102 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.type !== undefined){
const _errs104 = errors;
if("message" !== data.type){
const err80 = {instancePath:instancePath+"/type",schemaPath:"#/definitions/message/properties/type/const",keyword:"const",params:{allowedValue: "message"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
var valid13 = _errs104 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.level !== undefined){
let data42 = data.level;
const _errs105 = errors;
if(!(((data42 === "info") || (data42 === "warning")) || (data42 === "error"))){
const err81 = {instancePath:instancePath+"/level",schemaPath:"#/definitions/message/properties/level/enum",keyword:"enum",params:{allowedValues: schema24.properties.level.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
var valid13 = _errs105 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.text !== undefined){
const _errs106 = errors;
if(typeof data.text !== "string"){
const err82 = {instancePath:instancePath+"/text",schemaPath:"#/definitions/message/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
var valid13 = _errs106 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.code !== undefined){
const _errs108 = errors;
if(typeof data.code !== "string"){
const err83 = {instancePath:instancePath+"/code",schemaPath:"#/definitions/message/properties/code/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
var valid13 = _errs108 === errors;
}
else {
var valid13 = true;
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
const err84 = {instancePath,schemaPath:"#/definitions/message/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
var _valid0 = _errs96 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 8];
}
else {
if(_valid0){
valid0 = true;
passing0 = 8;
}
const _errs110 = errors;
if(!(validate23(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
var _valid0 = _errs110 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 9];
}
else {
if(_valid0){
valid0 = true;
passing0 = 9;
}
const _errs111 = errors;
if(!(validate33(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
var _valid0 = _errs111 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 10];
}
else {
if(_valid0){
valid0 = true;
passing0 = 10;
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
if(!valid0){
const err85 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
validate10.errors = vErrors;
return false;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate10.errors = vErrors;
return errors === 0;
}

const runRecord = validate35;
const schema33 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"run.schema.json","title":"RunRecord","description":"What a run is: written once, when it starts.","type":"object","properties":{"format":{"const":1},"id":{"type":"string","description":"The folder's name."},"kind":{"enum":["train","evaluate"]},"model":{"type":"object","properties":{"name":{"type":"string"},"version":{"type":"string"},"file":{"type":"string","description":"Relative to the workspace root."}},"required":["name","version","file"],"additionalProperties":false},"created":{"type":"string","format":"date-time"},"seed":{"type":"integer"},"engine":{"type":"object","properties":{"name":{"type":"string"},"executor":{"type":"string"},"backend":{"type":"string"},"library":{"type":"string"},"device":{"type":"string"},"threads":{"type":"integer","minimum":0}},"required":["name","executor","backend","library","device","threads"],"additionalProperties":false,"title":"RunEngine"},"bricks":{"type":"array","items":{"type":"object","properties":{"part":{"type":"string"},"module":{"type":"string"},"version":{"type":"string"},"source":{"enum":["workspace","library","registry"]},"hash":{"type":"string"},"release":{"type":"string","description":"Of a published version, the hash of all that was published."},"weights":{"type":"string","description":"`fresh`, or the run or version they came from."},"train":{"type":"string"}},"required":["part","module","version","source","hash","weights","train"],"additionalProperties":false}},"data":{"type":"array","items":{"type":"object","properties":{"alias":{"type":"string"},"name":{"type":"string"},"version":{"type":"string"},"hash":{"type":"string","description":"sha256 over the content of its files."},"files":{"type":"object","additionalProperties":{"type":"string"},"description":"sha256 of each of its files, by path from the dataset's folder; left out where there are very many."},"examples":{"type":"integer","minimum":0}},"required":["alias","name","version","hash"],"additionalProperties":false}},"code":{"type":"object","properties":{"revision":{"type":"string"},"modified":{"type":"boolean","description":"Uncommitted changes."}},"required":["revision","modified"],"additionalProperties":false,"description":"Of the git repository around the model; absent outside one."},"process":{"type":"object","properties":{"pid":{"type":"integer","minimum":0},"host":{"type":"string"},"started":{"type":"string","description":"Start time of the process, to tell it from a later one with the same pid."}},"required":["pid","host","started"],"additionalProperties":false},"settings":{"type":"object","additionalProperties":{"type":["string","number","boolean"]},"description":"What `--set` changed."},"of":{"type":"string","description":"For an evaluation: the run whose weights were evaluated."}},"required":["format","id","kind","model","created","seed","engine","bricks","data","process","settings"],"additionalProperties":false};

function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="run.schema.json" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((((data.format === undefined) && (missing0 = "format")) || ((data.id === undefined) && (missing0 = "id"))) || ((data.kind === undefined) && (missing0 = "kind"))) || ((data.model === undefined) && (missing0 = "model"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.seed === undefined) && (missing0 = "seed"))) || ((data.engine === undefined) && (missing0 = "engine"))) || ((data.bricks === undefined) && (missing0 = "bricks"))) || ((data.data === undefined) && (missing0 = "data"))) || ((data.process === undefined) && (missing0 = "process"))) || ((data.settings === undefined) && (missing0 = "settings"))){
validate35.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func2.call(schema33.properties, key0))){
validate35.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.format !== undefined){
const _errs2 = errors;
if(1 !== data.format){
validate35.errors = [{instancePath:instancePath+"/format",schemaPath:"#/properties/format/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.id !== undefined){
const _errs3 = errors;
if(typeof data.id !== "string"){
validate35.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data2 = data.kind;
const _errs5 = errors;
if(!((data2 === "train") || (data2 === "evaluate"))){
validate35.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema33.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.model !== undefined){
let data3 = data.model;
const _errs6 = errors;
if(errors === _errs6){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if((((data3.name === undefined) && (missing1 = "name")) || ((data3.version === undefined) && (missing1 = "version"))) || ((data3.file === undefined) && (missing1 = "file"))){
validate35.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs8 = errors;
for(const key1 in data3){
if(!(((key1 === "name") || (key1 === "version")) || (key1 === "file"))){
validate35.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs8 === errors){
if(data3.name !== undefined){
const _errs9 = errors;
if(typeof data3.name !== "string"){
validate35.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.version !== undefined){
const _errs11 = errors;
if(typeof data3.version !== "string"){
validate35.errors = [{instancePath:instancePath+"/model/version",schemaPath:"#/properties/model/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.file !== undefined){
const _errs13 = errors;
if(typeof data3.file !== "string"){
validate35.errors = [{instancePath:instancePath+"/model/file",schemaPath:"#/properties/model/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs13 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.created !== undefined){
let data7 = data.created;
const _errs15 = errors;
if(errors === _errs15){
if(errors === _errs15){
if(typeof data7 === "string"){
if(!(formats0.test(data7))){
validate35.errors = [{instancePath:instancePath+"/created",schemaPath:"#/properties/created/format",keyword:"format",params:{format: "date-time"},message:"must match format \""+"date-time"+"\""}];
return false;
}
}
else {
validate35.errors = [{instancePath:instancePath+"/created",schemaPath:"#/properties/created/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seed !== undefined){
let data8 = data.seed;
const _errs17 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate35.errors = [{instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.engine !== undefined){
let data9 = data.engine;
const _errs19 = errors;
if(errors === _errs19){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing2;
if(((((((data9.name === undefined) && (missing2 = "name")) || ((data9.executor === undefined) && (missing2 = "executor"))) || ((data9.backend === undefined) && (missing2 = "backend"))) || ((data9.library === undefined) && (missing2 = "library"))) || ((data9.device === undefined) && (missing2 = "device"))) || ((data9.threads === undefined) && (missing2 = "threads"))){
validate35.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/properties/engine/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs21 = errors;
for(const key2 in data9){
if(!((((((key2 === "name") || (key2 === "executor")) || (key2 === "backend")) || (key2 === "library")) || (key2 === "device")) || (key2 === "threads"))){
validate35.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/properties/engine/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs21 === errors){
if(data9.name !== undefined){
const _errs22 = errors;
if(typeof data9.name !== "string"){
validate35.errors = [{instancePath:instancePath+"/engine/name",schemaPath:"#/properties/engine/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data9.executor !== undefined){
const _errs24 = errors;
if(typeof data9.executor !== "string"){
validate35.errors = [{instancePath:instancePath+"/engine/executor",schemaPath:"#/properties/engine/properties/executor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs24 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data9.backend !== undefined){
const _errs26 = errors;
if(typeof data9.backend !== "string"){
validate35.errors = [{instancePath:instancePath+"/engine/backend",schemaPath:"#/properties/engine/properties/backend/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs26 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data9.library !== undefined){
const _errs28 = errors;
if(typeof data9.library !== "string"){
validate35.errors = [{instancePath:instancePath+"/engine/library",schemaPath:"#/properties/engine/properties/library/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs28 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data9.device !== undefined){
const _errs30 = errors;
if(typeof data9.device !== "string"){
validate35.errors = [{instancePath:instancePath+"/engine/device",schemaPath:"#/properties/engine/properties/device/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid2 = _errs30 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data9.threads !== undefined){
let data15 = data9.threads;
const _errs32 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
validate35.errors = [{instancePath:instancePath+"/engine/threads",schemaPath:"#/properties/engine/properties/threads/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs32){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
validate35.errors = [{instancePath:instancePath+"/engine/threads",schemaPath:"#/properties/engine/properties/threads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid2 = _errs32 === errors;
}
else {
var valid2 = true;
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
validate35.errors = [{instancePath:instancePath+"/engine",schemaPath:"#/properties/engine/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bricks !== undefined){
let data16 = data.bricks;
const _errs34 = errors;
if(errors === _errs34){
if(Array.isArray(data16)){
var valid3 = true;
const len0 = data16.length;
for(let i0=0; i0<len0; i0++){
let data17 = data16[i0];
const _errs36 = errors;
if(errors === _errs36){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing3;
if((((((((data17.part === undefined) && (missing3 = "part")) || ((data17.module === undefined) && (missing3 = "module"))) || ((data17.version === undefined) && (missing3 = "version"))) || ((data17.source === undefined) && (missing3 = "source"))) || ((data17.hash === undefined) && (missing3 = "hash"))) || ((data17.weights === undefined) && (missing3 = "weights"))) || ((data17.train === undefined) && (missing3 = "train"))){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0,schemaPath:"#/properties/bricks/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs38 = errors;
for(const key3 in data17){
if(!((((((((key3 === "part") || (key3 === "module")) || (key3 === "version")) || (key3 === "source")) || (key3 === "hash")) || (key3 === "release")) || (key3 === "weights")) || (key3 === "train"))){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0,schemaPath:"#/properties/bricks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs38 === errors){
if(data17.part !== undefined){
const _errs39 = errors;
if(typeof data17.part !== "string"){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/part",schemaPath:"#/properties/bricks/items/properties/part/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs39 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.module !== undefined){
const _errs41 = errors;
if(typeof data17.module !== "string"){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/module",schemaPath:"#/properties/bricks/items/properties/module/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs41 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.version !== undefined){
const _errs43 = errors;
if(typeof data17.version !== "string"){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/version",schemaPath:"#/properties/bricks/items/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs43 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.source !== undefined){
let data21 = data17.source;
const _errs45 = errors;
if(!(((data21 === "workspace") || (data21 === "library")) || (data21 === "registry"))){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/source",schemaPath:"#/properties/bricks/items/properties/source/enum",keyword:"enum",params:{allowedValues: schema33.properties.bricks.items.properties.source.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid4 = _errs45 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.hash !== undefined){
const _errs46 = errors;
if(typeof data17.hash !== "string"){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/hash",schemaPath:"#/properties/bricks/items/properties/hash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs46 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.release !== undefined){
const _errs48 = errors;
if(typeof data17.release !== "string"){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/release",schemaPath:"#/properties/bricks/items/properties/release/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs48 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.weights !== undefined){
const _errs50 = errors;
if(typeof data17.weights !== "string"){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/weights",schemaPath:"#/properties/bricks/items/properties/weights/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs50 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data17.train !== undefined){
const _errs52 = errors;
if(typeof data17.train !== "string"){
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0+"/train",schemaPath:"#/properties/bricks/items/properties/train/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs52 === errors;
}
else {
var valid4 = true;
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
validate35.errors = [{instancePath:instancePath+"/bricks/" + i0,schemaPath:"#/properties/bricks/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs36 === errors;
if(!valid3){
break;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/bricks",schemaPath:"#/properties/bricks/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.data !== undefined){
let data26 = data.data;
const _errs54 = errors;
if(errors === _errs54){
if(Array.isArray(data26)){
var valid5 = true;
const len1 = data26.length;
for(let i1=0; i1<len1; i1++){
let data27 = data26[i1];
const _errs56 = errors;
if(errors === _errs56){
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
let missing4;
if(((((data27.alias === undefined) && (missing4 = "alias")) || ((data27.name === undefined) && (missing4 = "name"))) || ((data27.version === undefined) && (missing4 = "version"))) || ((data27.hash === undefined) && (missing4 = "hash"))){
validate35.errors = [{instancePath:instancePath+"/data/" + i1,schemaPath:"#/properties/data/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs58 = errors;
for(const key4 in data27){
if(!((((((key4 === "alias") || (key4 === "name")) || (key4 === "version")) || (key4 === "hash")) || (key4 === "files")) || (key4 === "examples"))){
validate35.errors = [{instancePath:instancePath+"/data/" + i1,schemaPath:"#/properties/data/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs58 === errors){
if(data27.alias !== undefined){
const _errs59 = errors;
if(typeof data27.alias !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/alias",schemaPath:"#/properties/data/items/properties/alias/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid6 = _errs59 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data27.name !== undefined){
const _errs61 = errors;
if(typeof data27.name !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/name",schemaPath:"#/properties/data/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid6 = _errs61 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data27.version !== undefined){
const _errs63 = errors;
if(typeof data27.version !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/version",schemaPath:"#/properties/data/items/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid6 = _errs63 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data27.hash !== undefined){
const _errs65 = errors;
if(typeof data27.hash !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/hash",schemaPath:"#/properties/data/items/properties/hash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid6 = _errs65 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data27.files !== undefined){
let data32 = data27.files;
const _errs67 = errors;
if(errors === _errs67){
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key5 in data32){
const _errs70 = errors;
if(typeof data32[key5] !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/files/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/data/items/properties/files/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid7 = _errs70 === errors;
if(!valid7){
break;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/files",schemaPath:"#/properties/data/items/properties/files/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid6 = _errs67 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data27.examples !== undefined){
let data34 = data27.examples;
const _errs72 = errors;
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/examples",schemaPath:"#/properties/data/items/properties/examples/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs72){
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 < 0 || isNaN(data34)){
validate35.errors = [{instancePath:instancePath+"/data/" + i1+"/examples",schemaPath:"#/properties/data/items/properties/examples/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid6 = _errs72 === errors;
}
else {
var valid6 = true;
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
validate35.errors = [{instancePath:instancePath+"/data/" + i1,schemaPath:"#/properties/data/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs56 === errors;
if(!valid5){
break;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs54 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.code !== undefined){
let data35 = data.code;
const _errs74 = errors;
if(errors === _errs74){
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
let missing5;
if(((data35.revision === undefined) && (missing5 = "revision")) || ((data35.modified === undefined) && (missing5 = "modified"))){
validate35.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs76 = errors;
for(const key6 in data35){
if(!((key6 === "revision") || (key6 === "modified"))){
validate35.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs76 === errors){
if(data35.revision !== undefined){
const _errs77 = errors;
if(typeof data35.revision !== "string"){
validate35.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid8 = _errs77 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data35.modified !== undefined){
const _errs79 = errors;
if(typeof data35.modified !== "boolean"){
validate35.errors = [{instancePath:instancePath+"/code/modified",schemaPath:"#/properties/code/properties/modified/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid8 = _errs79 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs74 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.process !== undefined){
let data38 = data.process;
const _errs81 = errors;
if(errors === _errs81){
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
let missing6;
if((((data38.pid === undefined) && (missing6 = "pid")) || ((data38.host === undefined) && (missing6 = "host"))) || ((data38.started === undefined) && (missing6 = "started"))){
validate35.errors = [{instancePath:instancePath+"/process",schemaPath:"#/properties/process/required",keyword:"required",params:{missingProperty: missing6},message:"must have required property '"+missing6+"'"}];
return false;
}
else {
const _errs83 = errors;
for(const key7 in data38){
if(!(((key7 === "pid") || (key7 === "host")) || (key7 === "started"))){
validate35.errors = [{instancePath:instancePath+"/process",schemaPath:"#/properties/process/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs83 === errors){
if(data38.pid !== undefined){
let data39 = data38.pid;
const _errs84 = errors;
if(!(((typeof data39 == "number") && (!(data39 % 1) && !isNaN(data39))) && (isFinite(data39)))){
validate35.errors = [{instancePath:instancePath+"/process/pid",schemaPath:"#/properties/process/properties/pid/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs84){
if((typeof data39 == "number") && (isFinite(data39))){
if(data39 < 0 || isNaN(data39)){
validate35.errors = [{instancePath:instancePath+"/process/pid",schemaPath:"#/properties/process/properties/pid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid9 = _errs84 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data38.host !== undefined){
const _errs86 = errors;
if(typeof data38.host !== "string"){
validate35.errors = [{instancePath:instancePath+"/process/host",schemaPath:"#/properties/process/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid9 = _errs86 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data38.started !== undefined){
const _errs88 = errors;
if(typeof data38.started !== "string"){
validate35.errors = [{instancePath:instancePath+"/process/started",schemaPath:"#/properties/process/properties/started/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid9 = _errs88 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/process",schemaPath:"#/properties/process/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs81 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.settings !== undefined){
let data42 = data.settings;
const _errs90 = errors;
if(errors === _errs90){
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
for(const key8 in data42){
let data43 = data42[key8];
const _errs93 = errors;
if(((typeof data43 !== "string") && (!((typeof data43 == "number") && (isFinite(data43))))) && (typeof data43 !== "boolean")){
validate35.errors = [{instancePath:instancePath+"/settings/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/settings/additionalProperties/type",keyword:"type",params:{type: schema33.properties.settings.additionalProperties.type},message:"must be string,number,boolean"}];
return false;
}
var valid10 = _errs93 === errors;
if(!valid10){
break;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/settings",schemaPath:"#/properties/settings/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs90 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.of !== undefined){
const _errs95 = errors;
if(typeof data.of !== "string"){
validate35.errors = [{instancePath:instancePath+"/of",schemaPath:"#/properties/of/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs95 === errors;
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
}
}
else {
validate35.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate35.errors = vErrors;
return errors === 0;
}

export const validateRunEvent: Validator<RunEvent> = runEvent;
export const validateRunRecord: Validator<RunRecord> = runRecord;
