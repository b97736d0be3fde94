import subprocess, base64, json, sys, time
from pagefind_bin import get_executable
def run(records, cfg=None, write=None):
    p=subprocess.Popen([str(get_executable()),"--service"],stdin=subprocess.PIPE,stdout=subprocess.PIPE)
    n=0
    def enc(payload):
        nonlocal n; n+=1
        return base64.b64encode(json.dumps({"message_id":n,"payload":payload}).encode())+b","
    import threading
    out=[]
    def read():
        buf=b""
        while True:
            d=p.stdout.read1(1<<20)
            if not d: break
            buf+=d
            *parts,buf=buf.split(b",")
            out.extend(parts)
    t=threading.Thread(target=read); t.start()
    p.stdin.write(enc({"type":"NewIndex","config":cfg}))
    p.stdin.flush()
    while not out: time.sleep(.002)
    for r in records: p.stdin.write(enc({"type":"AddRecord","index_id":0,**r}))
    p.stdin.flush()
    while len(out)<len(records)+1: time.sleep(.002)
    t1=time.time()
    p.stdin.write(enc({"type":"GetFiles","index_id":0}) if not write else enc({"type":"WriteFiles","index_id":0,"output_path":write}))
    p.stdin.flush()
    while len(out)<len(records)+2: time.sleep(.002)
    p.stdin.close(); p.wait(); t.join()
    res=[json.loads(base64.b64decode(o)) for o in out]
    return res
if __name__=="__main__":
    res=run([{"url":"/a/","content":"привет мир стем ёлка","language":"unknown","meta":{"title":"Заголовок слово"},"filters":{"o":["a","b"]},"sort":{"date":"2013"}}])
    for r in res[:-1]: print(r)
    import gzip
    for f in res[-1]["payload"]["files"]:
        d=base64.b64decode(f["content"]); print(f["path"],len(d))
        if f["path"].startswith(("index","frag","filter")) or "meta" in f["path"] or "entry" in f["path"]:
            try: print(gzip.decompress(d))
            except Exception: print(d)
    res=run([])
    for r in res[:-1]: print(r)
    print(str(res[-1])[:300]); print([f["path"] for f in res[-1]["payload"].get("files",[])])
